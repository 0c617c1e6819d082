package org.mdlibs.registry.config;

import java.time.Duration;

/**
 * What other sites' pages may do, and how the server stops.
 *
 * @param origins whose pages may read answers
 * @param stopGrace how long a server that was told to stop still serves, while it calls itself not
 *     ready
 * @param stopTimeout how long it then waits for the requests under way
 */
public record HttpSettings(AllowedOrigins origins, Duration stopGrace, Duration stopTimeout) {
  private static final int MOST_SECONDS = 3_600;

  static HttpSettings read(Settings settings) {
    return new HttpSettings(
        settings.parsed("mdlibs.cors.origins", AllowedOrigins::parse).orElse(AllowedOrigins.NONE),
        settings.seconds("mdlibs.stop.grace.seconds", MOST_SECONDS),
        settings.seconds("mdlibs.stop.timeout.seconds", MOST_SECONDS));
  }
}
