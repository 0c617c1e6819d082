package org.mdlibs.registry.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
    String variable = name.toUpperCase(Locale.ROOT).replace('.', '_') + "_FILE";
    String file = System.getProperty(name + ".file", System.getenv(variable));
    if (file == null || file.isBlank()) {
      return null;
    }
    try {
      return Files.readString(Path.of(file)).replaceFirst("\\R\\z", "");
    } catch (IOException e) {
      throw new UncheckedIOException(variable + " names a file that cannot be read: " + file, e);
    }
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
