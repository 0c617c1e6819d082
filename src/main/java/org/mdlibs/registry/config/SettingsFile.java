package org.mdlibs.registry.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The properties file that {@code MDLIBS_CONFIG} names; its keys may be spelled as those of the
 * environment, and name files as {@link SecretFiles} does. Environment and system properties win
 * over it (MicroProfile Config §Ordering).
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
    } catch (IOException | IllegalArgumentException e) {
      throw SecretFiles.unreadable("MDLIBS_CONFIG", file, e);
    }
    // In this order the spelling with dots wins where both are there.
    return properties.stringPropertyNames().stream()
        .sorted()
        .collect(
            Collectors.toUnmodifiableMap(
                SettingsFile::key, properties::getProperty, (environment, dots) -> dots));
  }

  private static String key(String name) {
    return name.startsWith("MDLIBS_") ? name.toLowerCase(Locale.ROOT).replace('_', '.') : name;
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public String getValue(String name) {
    String value = values.get(name);
    String file = value == null ? values.get(name + ".file") : null;
    return file == null || file.isBlank() ? value : SecretFiles.read(name + ".file", file);
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
