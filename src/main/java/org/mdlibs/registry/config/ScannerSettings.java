package org.mdlibs.registry.config;

import java.net.URI;
import java.util.Optional;

/**
 * The malware scanner, a clamd that listens on TCP.
 *
 * @param required whether nothing is stored that it did not find clean; else what it could not scan
 *     is stored with a mark
 */
public record ScannerSettings(String host, int port, boolean required) {
  private static final String ADDRESS = "mdlibs.clamd";
  private static final String REQUIRED = "mdlibs.clamd.required";
  private static final int MAX_PORT = 65_535;

  /** Reads the settings, when there is a scanner. */
  static Optional<ScannerSettings> read(Settings settings) {
    boolean required = settings.flag(REQUIRED);
    return settings.optional(ADDRESS).flatMap(text -> parse(settings, text, required));
  }

  private static Optional<ScannerSettings> parse(Settings settings, String text, boolean required) {
    try {
      URI uri = URI.create("tcp://" + text);
      boolean bare = uri.getRawPath().isEmpty() && uri.getQuery() == null;
      if (bare
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getFragment() == null
          && uri.getPort() > 0
          && uri.getPort() <= MAX_PORT) {
        return Optional.of(new ScannerSettings(uri.getHost(), uri.getPort(), required));
      }
    } catch (IllegalArgumentException e) {
      // told below, with the key
    }
    settings.fault(ADDRESS, "must be host:port, not '" + text + "'");
    return Optional.empty();
  }

  /** As it was configured. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
