package org.mdlibs.registry.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.config.Sha256;

/**
 * Names a bucket.
 *
 * @param callClass what is counted in it
 * @param who for whom, in a form that no two kinds of them share
 */
public record BucketKey(CallClass callClass, String who) {
  private static final String ADDRESS = "address:";
  private static final String SEARCH_PATH = "/api/v1/libraries";

  /** Of a request, by its path and its caller; of a search, of a user, or of an address. */
  static BucketKey of(HttpServletRequest request) {
    String info = request.getPathInfo();
    String path = info == null ? request.getServletPath() : request.getServletPath() + info;
    return of(request.getMethod(), path, Callers.of(request), ClientAddress.of(request));
  }

  static BucketKey of(String method, String path, Caller caller, String address) {
    boolean isReading = method.equals("GET") || method.equals("HEAD");
    CallClass callClass =
        isReading && (path.equals(SEARCH_PATH) || path.equals(SEARCH_PATH + "/"))
            ? CallClass.SEARCH
            : caller.isAnonymous() ? CallClass.ANONYMOUS : CallClass.USER;
    return new BucketKey(callClass, caller.isAnonymous() ? of(address) : "user:" + caller.id());
  }

  /** Of whoever sent credentials that were refused, whosever they are. */
  public static BucketKey ofRefused(HttpServletRequest request) {
    return new BucketKey(CallClass.ANONYMOUS, of(ClientAddress.of(request)));
  }

  /** Of tries to log in as an account, whether or not there is one of that name. */
  public static BucketKey ofLogin(String account, HttpServletRequest request) {
    return ofLogin(account, ClientAddress.of(request));
  }

  static BucketKey ofLogin(String account, String address) {
    // Hashed: people type passwords into the field for their name.
    byte[] name = Sha256.of(account.strip().toLowerCase(Locale.ROOT));
    return new BucketKey(CallClass.LOGIN, of(address) + " " + HexFormat.of().formatHex(name));
  }

  /** Of what opens the way to a login and names no account. */
  public static BucketKey ofLogin(HttpServletRequest request) {
    return new BucketKey(CallClass.LOGIN, of(ClientAddress.of(request)));
  }

  /** Of publishing in a scope. */
  public static BucketKey ofScope(UUID scope) {
    return new BucketKey(CallClass.PUBLISH, "scope:" + scope);
  }

  private static String of(String address) {
    return ADDRESS + ClientAddress.site(address);
  }

  /** Whether anybody can make up any number of such keys. */
  boolean isOfAddress() {
    return who.startsWith(ADDRESS);
  }

  /** The key in the table that nodes share; of another limit another one. */
  byte[] inTable(int limit) {
    return Sha256.of(callClass + "\n" + limit + "\n" + who);
  }
}
