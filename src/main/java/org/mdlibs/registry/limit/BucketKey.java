package org.mdlibs.registry.limit;

import jakarta.servlet.http.HttpServletRequest;
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
  private static final String SEARCH_PATH = "/api/v1/libraries";

  /** Of a request, by its path and its caller; of a search, of a user, or of an address. */
  static BucketKey of(HttpServletRequest request) {
    Caller caller = Callers.of(request);
    CallClass callClass =
        isSearch(request)
            ? CallClass.SEARCH
            : caller.isAnonymous() ? CallClass.ANONYMOUS : CallClass.USER;
    return new BucketKey(
        callClass, caller.isAnonymous() ? address(request) : "user:" + caller.id());
  }

  private static boolean isSearch(HttpServletRequest request) {
    String info = request.getPathInfo();
    String path = info == null ? request.getServletPath() : request.getServletPath() + info;
    return path.equals(SEARCH_PATH)
        && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
  }

  /** Of whoever sent credentials that were refused, whosever they are. */
  public static BucketKey ofRefused(HttpServletRequest request) {
    return new BucketKey(CallClass.ANONYMOUS, address(request));
  }

  /** Of tries to log in as an account, whether or not there is one of that name. */
  public static BucketKey ofLogin(String account, HttpServletRequest request) {
    // Hashed: people type passwords into the field for their name, and any length of them.
    byte[] name = Sha256.of(account.strip().toLowerCase(Locale.ROOT));
    return new BucketKey(
        CallClass.LOGIN, address(request) + " " + java.util.HexFormat.of().formatHex(name));
  }

  /** Of what opens the way to a login and names no account. */
  public static BucketKey ofLogin(HttpServletRequest request) {
    return new BucketKey(CallClass.LOGIN, address(request));
  }

  /** Of publishing in a scope. */
  public static BucketKey ofScope(UUID scope) {
    return new BucketKey(CallClass.PUBLISH, "scope:" + scope);
  }

  private static String address(HttpServletRequest request) {
    return "address:" + ClientAddress.site(ClientAddress.of(request));
  }

  /** Whether anybody can make up any number of such keys. */
  boolean isOfAddress() {
    return who.startsWith("address:");
  }

  /** The key in the table that nodes share; of another limit another one. */
  byte[] inTable(int limit) {
    return Sha256.of(callClass + "\n" + limit + "\n" + who);
  }
}
