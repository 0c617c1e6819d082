package org.mdlibs.registry.login;

import java.util.Locale;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.config.Sha256;

/**
 * Somebody tries a password.
 *
 * @param name the username or e-mail as it was typed, whether or not there is such an account
 * @param site where from: an IPv4 address, or 64 bits of an IPv6 one
 */
public record Attempt(String name, String site) {
  /** An attempt from a client's address. */
  public static Attempt of(String name, String address) {
    return new Attempt(name.strip().toLowerCase(Locale.ROOT), ClientAddress.site(address));
  }

  /** Counts failures of this name from this place. */
  byte[] pair() {
    return key("pair", name, site);
  }

  /** Counts failures of this name from everywhere. */
  byte[] account() {
    return key("account", name);
  }

  /** Counts failures of every name from this place. */
  byte[] place() {
    return key("address", site);
  }

  /** Remembers that this name logged in from this place. */
  byte[] known() {
    return key("known", name, site);
  }

  private static byte[] key(String... parts) {
    return Sha256.of(String.join("\n", parts));
  }
}
