package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Where the registry keeps its data, found as the WAR finds it: system property, environment, the
 * file of {@code MDLIBS_CONFIG}, {@code ./mdlibs-data}. It is read here too because the server's
 * files lie in it, and have to be there before the server, and with it MicroProfile Config, is.
 */
final class Home {
  private static final String KEY = "mdlibs.home";
  private static final String DEFAULT = "mdlibs-data";

  private Home() {}

  /**
   * Finds the absolute path of the home.
   *
   * @throws Refusal when the file of {@code MDLIBS_CONFIG} cannot be read
   */
  static Path find(Properties properties, Map<String, String> environment) throws Refusal {
    String home = properties.getProperty(KEY, environment.get("MDLIBS_HOME"));
    if (home == null || home.isBlank()) {
      home = fromFile(properties.getProperty("mdlibs.config", environment.get("MDLIBS_CONFIG")));
    }
    return Path.of(home).toAbsolutePath().normalize();
  }

  /**
   * Has libraries take a folder for their temporary files where the usual one is read-only, as in a
   * container. To be called before any does: the virtual machine looks at the setting once.
   *
   * @param folder is made if it is needed and not there
   * @throws IOException when it cannot be made
   */
  static void ensureTemporaryFolder(Path folder) throws IOException {
    if (!Files.isWritable(Path.of(System.getProperty("java.io.tmpdir")))) {
      Files.createDirectories(folder);
      System.setProperty("java.io.tmpdir", folder.toString());
    }
  }

  private static String fromFile(String file) throws Refusal {
    if (file == null || file.isBlank()) {
      return DEFAULT;
    }
    var settings = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      settings.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal("MDLIBS_CONFIG names a file that cannot be read: " + file, e);
    }
    String home = settings.getProperty(KEY, settings.getProperty("MDLIBS_HOME", DEFAULT));
    return home.isBlank() ? DEFAULT : home;
  }
}
