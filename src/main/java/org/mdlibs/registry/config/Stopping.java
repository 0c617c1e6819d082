package org.mdlibs.registry.config;

/**
 * Whether this process was told to stop, which only the runnable jar finds out: it sets a system
 * property, since it shares no class with the WAR.
 */
public enum Stopping {
  /** It goes on. */
  NO,
  /** It still serves, and calls itself not ready, so that a balancer sends nobody more. */
  SOON,
  /** It takes no new requests, and finishes those under way. */
  NOW;

  private static final String PROPERTY = "mdlibs.stopping";

  /** How it is at this moment. */
  public static Stopping current() {
    String said = System.getProperty(PROPERTY);
    return said == null ? NO : said.equals("soon") ? SOON : NOW;
  }
}
