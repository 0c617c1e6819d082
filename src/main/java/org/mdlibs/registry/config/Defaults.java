package org.mdlibs.registry.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** The one file of defaults, for asking which keys exist and what an emptied one means. */
final class Defaults {
  private static final Map<String, String> VALUES = read();

  /** Every key that has a default. */
  static final Set<String> KEYS = VALUES.keySet();

  private Defaults() {}

  static String of(String key) {
    return VALUES.get(key);
  }

  private static Map<String, String> read() {
    var properties = new Properties();
    try (InputStream in =
        Defaults.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(k -> k, properties::getProperty));
  }
}
