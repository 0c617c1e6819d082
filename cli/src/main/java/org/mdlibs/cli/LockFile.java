package org.mdlibs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mdlibs.registry.name.Version;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * {@code mdlibs.lock}: exactly which version, of which registry, with which bytes, each dependency
 * is. The same content is always the same text, so that it can be compared and kept under version
 * control.
 */
final class LockFile {
  static final String FILE_NAME = "mdlibs.lock";
  private static final long FORMAT = 1;

  private final Path file;
  private final TreeMap<Reference, Locked> libraries = new TreeMap<>();

  /**
   * One library, pinned.
   *
   * @param registry the address of the registry
   * @param checksum {@code sha256:} and 64 hexadecimal digits
   * @param size of the archive, in bytes
   */
  record Locked(Reference reference, Version version, String registry, String checksum, long size) {

    String sha256() {
      return checksum.substring("sha256:".length());
    }

    @Override
    public String toString() {
      return reference.at(version.toString());
    }
  }

  /**
   * Reads the lock of a folder; an absent one is empty.
   *
   * @throws Failure when it is broken, which is never passed over: it is what integrity rests on
   */
  LockFile(Path folder) {
    this.file = folder.resolve(FILE_NAME);
    TomlParseResult toml = TomlFile.read(file);
    if (!Files.exists(file)) {
      return;
    }
    if (!Long.valueOf(FORMAT).equals(toml.get(List.of("version")))) {
      throw new Failure(
          ExitCode.FAILED,
          file + " is of a format that this version does not know.",
          "Use a newer mdlibs, or delete the file and install again.");
    }
    if (toml.get(List.of("library")) instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        Locked locked = read(array.get(i) instanceof TomlTable table ? table : Toml.parse(""));
        libraries.put(locked.reference(), locked);
      }
    }
  }

  private Locked read(TomlTable table) {
    String name = TomlFile.text(table, "name", file);
    String version = TomlFile.text(table, "version", file);
    String registry = TomlFile.text(table, "registry", file);
    String checksum = TomlFile.text(table, "checksum", file);
    if (name == null
        || version == null
        || registry == null
        || checksum == null
        || !checksum.matches("sha256:[0-9a-f]{64}")
        || !(table.get(List.of("size")) instanceof Long size)) {
      throw broken(null);
    }
    try {
      return new Locked(Reference.parse(name), Version.parse(version), registry, checksum, size);
    } catch (IllegalArgumentException | Failure e) {
      throw broken(e);
    }
  }

  private Failure broken(Exception cause) {
    return new Failure(
        ExitCode.FAILED,
        file + " is broken.",
        "Restore it from version control, or delete it and install again.",
        cause);
  }

  Optional<Locked> find(Reference reference) {
    return Optional.ofNullable(libraries.get(reference));
  }

  Collection<Locked> all() {
    return libraries.values();
  }

  /** Whether saving these libraries would change the file. */
  boolean differsFrom(Map<Reference, Locked> wanted) {
    return !libraries.equals(wanted);
  }

  /**
   * The text of a lock. The same libraries always give the same text; each is a paragraph of its
   * own, in the order of the names, so that version control merges changes of different ones.
   */
  static String text(SortedMap<Reference, Locked> libraries) {
    var text = new StringBuilder("# Written by mdlibs install; not to be edited.\n");
    text.append("version = ").append(FORMAT).append('\n');
    for (Locked locked : libraries.values()) {
      text.append("\n[[library]]\n");
      line(text, "name", locked.reference().toString());
      line(text, "version", locked.version().toString());
      line(text, "registry", locked.registry());
      line(text, "checksum", locked.checksum());
      text.append("size = ").append(locked.size()).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(" = \"").append(Toml.tomlEscape(value)).append("\"\n");
  }
}
