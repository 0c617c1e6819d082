package org.mdlibs.registry.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.mdlibs.registry.config.RegistryConfig;

/**
 * Where webhooks may lead: to http and https URLs whose host lies in the internet, unless the
 * settings let them into private networks too. Asked of the very address that is connected to, so
 * that it does not help when a name leads elsewhere a moment later.
 */
@ApplicationScoped
public class Destination {
  private static final int MAX_LENGTH = 2000;
  private static final int MAX_PORT = 65_535;
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

  private final boolean allowPrivate;

  /** An address that webhooks may not lead to. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused() {
      super("the address is not one of the internet");
    }
  }

  @Inject
  public Destination(RegistryConfig config) {
    this(config.webhookAllowPrivate());
  }

  Destination(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
  }

  /** For the container's proxy. */
  protected Destination() {
    this(false);
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException with a sentence that states the rule
   */
  URI parse(String text) {
    URI uri = uri(text);
    boolean isHttp =
        uri.getScheme() != null
            && Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT));
    if (!isHttp
        || uri.getHost() == null
        || uri.getHost().endsWith(".")
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null
        || uri.getPort() == 0
        || uri.getPort() > MAX_PORT
        || text.length() > MAX_LENGTH) {
      throw invalid(null);
    }
    if (LITERAL.matcher(uri.getHost()).matches()) {
      try {
        resolve(uri);
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "must not lead into a private network: this registry sends into the internet alone", e);
      }
    }
    return uri;
  }

  private static URI uri(String text) {
    try {
      URI uri = URI.create(text);
      if (text.chars().allMatch(c -> c > ' ' && c <= '~')) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(e);
    }
    throw invalid(null);
  }

  private static IllegalArgumentException invalid(Exception cause) {
    return new IllegalArgumentException(
        "must be an http or https URL of at most "
            + MAX_LENGTH
            + " characters, without user and fragment, in ASCII",
        cause);
  }

  /**
   * The address to connect to: looked up once; when one of several may not be, none may.
   *
   * @throws Refused when it may not be
   * @throws UnknownHostException when there is none
   */
  InetAddress resolve(URI uri) throws IOException {
    String host = uri.getHost();
    InetAddress[] all =
        InetAddress.getAllByName(
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    if (!allowPrivate) {
      for (InetAddress address : all) {
        if (!PublicAddress.is(address)) {
          throw new Refused();
        }
      }
    }
    return all[0];
  }
}
