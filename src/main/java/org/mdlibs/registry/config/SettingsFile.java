package org.mdlibs.registry.config;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The properties file that {@code MDLIBS_CONFIG} names. Environment and system properties win over
 * it (MicroProfile Config §Ordering).
 */
public class SettingsFile implements ConfigSource {
  private static final int BELOW_THE_ENVIRONMENT = 250;

  private final Map<String, String> values = read();

  private static Map<String, String> read() {
    String file = System.getProperty("mdlibs.config", System.getenv("MDLIBS_CONFIG"));
    if (file == null || file.isBlank()) {
      return Map.of();
    }
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("MDLIBS_CONFIG names a file that cannot be read: " + file, e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toUnmodifiableMap(k -> k, properties::getProperty));
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public String getValue(String name) {
    return values.get(name);
  }

  @Override
  public int getOrdinal() {
    return BELOW_THE_ENVIRONMENT;
  }

  @Override
  public String getName() {
    return "MDLIBS_CONFIG";
  }
}
