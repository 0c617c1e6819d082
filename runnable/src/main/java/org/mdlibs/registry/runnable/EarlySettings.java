package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The settings that are needed before the server, and with it MicroProfile Config, is there. They
 * are found as the WAR finds its own: system property, environment, the file of {@code
 * MDLIBS_CONFIG}. An empty one is as none.
 *
 * @param properties of the system
 * @param file of {@code MDLIBS_CONFIG}, in which a key may have the spelling of the environment
 */
record EarlySettings(Properties properties, Map<String, String> environment, Properties file) {
  /**
   * Reads those of this process.
   *
   * @throws Refusal when the file of {@code MDLIBS_CONFIG} cannot be read
   */
  static EarlySettings read() throws Refusal {
    return read(System.getProperties(), System.getenv());
  }

  static EarlySettings read(Properties properties, Map<String, String> environment) throws Refusal {
    var settings = new EarlySettings(properties, environment, new Properties());
    Optional<String> name = settings.find("mdlibs.config");
    if (name.isPresent()) {
      try (Reader reader = Files.newBufferedReader(Path.of(name.get()), StandardCharsets.UTF_8)) {
        settings.file().load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new Refusal("MDLIBS_CONFIG names a file that cannot be read: " + name.get(), e);
      }
    }
    return settings;
  }

  /** The value of a key such as {@code mdlibs.home}. */
  Optional<String> find(String key) {
    String variable = variable(key);
    String inFile = file.getProperty(key, file.getProperty(variable));
    String value = properties.getProperty(key, environment.getOrDefault(variable, inFile));
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  /**
   * The value of a key, or the content of the file that its {@code _FILE} names, without the line
   * break at its end.
   *
   * @throws Refusal when that file cannot be read
   */
  Optional<String> findSecret(String key) throws Refusal {
    Optional<String> name = find(key + ".file");
    if (name.isEmpty()) {
      return find(key);
    }
    try {
      return Optional.of(Files.readString(Path.of(name.get())).replaceFirst("\\R\\z", ""));
    } catch (IOException | InvalidPathException e) {
      throw new Refusal(variable(key) + "_FILE names a file that cannot be read: " + name.get(), e);
    }
  }

  /** How the environment spells a key. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
