package org.mdlibs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The project's {@code .mdlibs.toml}: the {@code [dependencies]} of the folder that things are
 * installed into. What is not changed keeps its text, comments and order too.
 */
final class Project {
  static final String FILE_NAME = ".mdlibs.toml";
  private static final String DEPENDENCIES = "dependencies";

  private final Path file;
  private final TomlParseResult toml;

  Project(Path folder) {
    this.file = folder.resolve(FILE_NAME);
    this.toml = TomlFile.read(file);
  }

  /** Whether there is a manifest, which then says what the project depends on. */
  boolean exists() {
    return Files.exists(file);
  }

  /**
   * What the project depends on.
   *
   * @throws Failure when an entry is no reference with a range
   */
  Map<Reference, Range> dependencies() {
    var dependencies = new TreeMap<Reference, Range>();
    Object table = toml.get(List.of(DEPENDENCIES));
    if (table == null) {
      return dependencies;
    }
    if (!(table instanceof TomlTable entries)) {
      throw new Failure(
          ExitCode.FAILED, file + ": 'dependencies' must be a table.", "Write [dependencies].");
    }
    for (String key : entries.keySet()) {
      String range = TomlFile.text(entries, key, file);
      dependencies.put(Reference.parse(key), Range.parse(range));
    }
    return dependencies;
  }

  /** Notes a dependency; {@link #text} has it. */
  void depend(Reference reference, Range range) {
    // The reference may be written with other letters' case; one entry must remain.
    for (String key : toml.getTableOrEmpty(DEPENDENCIES).keySet()) {
      if (Reference.parse(key).equals(reference)) {
        toml.set(List.of(DEPENDENCIES, key), range.toString());
        return;
      }
    }
    toml.set(List.of(DEPENDENCIES, reference.toString()), range.toString());
  }

  /** Forgets a dependency; nothing happens when there is none. */
  void forget(Reference reference) {
    for (String key : List.copyOf(toml.getTableOrEmpty(DEPENDENCIES).keySet())) {
      if (Reference.parse(key).equals(reference)) {
        toml.remove(List.of(DEPENDENCIES, key));
      }
    }
  }

  /** The whole text, with what was changed. */
  String text() {
    return toml.toToml();
  }
}
