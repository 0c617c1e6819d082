package org.mdlibs.registry.access;

import jakarta.servlet.ServletRequest;

/** Where a request carries its caller: put by the authentication, read by everything after it. */
public final class Callers {
  private static final String ATTRIBUTE = Callers.class.getName();

  private Callers() {}

  /** The caller of a request; anonymous when it gave no credentials. */
  public static Caller of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : Caller.ANONYMOUS;
  }

  /** Notes whom the authentication found. */
  public static void set(ServletRequest request, Caller caller) {
    request.setAttribute(ATTRIBUTE, caller);
  }
}
