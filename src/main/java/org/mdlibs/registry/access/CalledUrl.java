package org.mdlibs.registry.access;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The base URL that a client itself called, for where none is configured. A client chooses it by
 * its headers: nobody else may be told of it, and no shared cache may keep an answer that has it.
 */
public final class CalledUrl {
  private CalledUrl() {}

  /** Without a slash at its end. */
  public static String of(HttpServletRequest request) {
    return request.getScheme() + "://" + request.getHeader("Host");
  }
}
