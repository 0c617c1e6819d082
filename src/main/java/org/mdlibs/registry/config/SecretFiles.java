package org.mdlibs.registry.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Secrets from files, as container platforms mount them: {@code MDLIBS_ADMIN_PASSWORD_FILE} names
 * the file that holds {@code MDLIBS_ADMIN_PASSWORD}. One line break at its end is not part of it.
 */
public class SecretFiles implements ConfigSource {
  private static final int ABOVE_THE_ENVIRONMENT = 310;

  @Override
  public Set<String> getPropertyNames() {
    return Set.of();
  }

  @Override
  public String getValue(String name) {
    if (!name.startsWith("mdlibs.") || name.endsWith(".file")) {
      return null;
    }
    String variable = Settings.variable(name) + "_FILE";
    String file = System.getProperty(name + ".file", System.getenv(variable));
    if (file == null || file.isBlank()) {
      return null;
    }
    return read(variable, file);
  }

  /** The secret in a file. */
  static String read(String key, String file) {
    try {
      return Files.readString(Path.of(file)).replaceFirst("\\R\\z", "");
    } catch (IOException | InvalidPathException e) {
      throw unreadable(key, file, e);
    }
  }

  /** Without a cause: the start ends with the innermost message, and that has to name the key. */
  static IllegalStateException unreadable(String key, String file, Exception e) {
    return new IllegalStateException(
        "%s names a file that cannot be read: %s (%s)"
            .formatted(key, file, e.getClass().getSimpleName()));
  }

  @Override
  public int getOrdinal() {
    return ABOVE_THE_ENVIRONMENT;
  }

  @Override
  public String getName() {
    return "MDLIBS_…_FILE";
  }
}
