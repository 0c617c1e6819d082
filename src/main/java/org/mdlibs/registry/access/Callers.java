package org.mdlibs.registry.access;

import jakarta.servlet.ServletRequest;
import java.util.Optional;

/** Where a request carries its caller: put by the authentication, read by everything after it. */
public final class Callers {
  private static final String ATTRIBUTE = Callers.class.getName();
  private static final String REFUSED = Callers.class.getName() + ".refused";
  private static final String TOKEN = PresentedToken.class.getName();

  private Callers() {}

  /** The caller of a request; anonymous when it gave no credentials. */
  public static Caller of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : Caller.ANONYMOUS;
  }

  /** The registered token of a request; none for anonymous callers and for tokens of others. */
  public static Optional<PresentedToken> tokenOf(ServletRequest request) {
    return request.getAttribute(TOKEN) instanceof PresentedToken token
        ? Optional.of(token)
        : Optional.empty();
  }

  /** Notes with which token the caller came. */
  public static void setToken(ServletRequest request, PresentedToken token) {
    request.setAttribute(TOKEN, token);
  }

  /** Notes that the credentials of a request are refused, and that it is answered. */
  public static void refuse(ServletRequest request) {
    request.setAttribute(REFUSED, true);
  }

  /** Whether a request is answered already, since its credentials are refused. */
  public static boolean areRefused(ServletRequest request) {
    return request.getAttribute(REFUSED) != null;
  }

  /** Notes whom the authentication found. */
  public static void set(ServletRequest request, Caller caller) {
    request.setAttribute(ATTRIBUTE, caller);
  }
}
