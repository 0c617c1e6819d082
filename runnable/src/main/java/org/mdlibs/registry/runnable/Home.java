package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the registry keeps its data: {@code MDLIBS_HOME}, else {@code ./mdlibs-data}. The server's
 * files lie in it, and have to be there before the server is.
 */
final class Home {
  private static final String KEY = "mdlibs.home";
  private static final String DEFAULT = "mdlibs-data";

  private Home() {}

  /** The absolute path of the home. */
  static Path of(EarlySettings settings) {
    return Path.of(settings.find(KEY).orElse(DEFAULT)).toAbsolutePath().normalize();
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
}
