package org.mdlibs.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads TOML files, so that a broken one is told by its place. */
final class TomlFile {
  /** Largest file that is read, in bytes: ours are small, and a foreign one may be anything. */
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  private TomlFile() {}

  /**
   * Reads a file; one that does not exist is empty.
   *
   * @throws Failure when it is no TOML
   */
  static TomlParseResult read(Path file) {
    if (!Files.exists(file)) {
      return Toml.parse("");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new Failure(ExitCode.FAILED, file + " is larger than 16 MiB.", "Check the file.");
      }
      return parse(Files.readString(file), file);
    } catch (CharacterCodingException e) {
      throw new Failure(ExitCode.FAILED, file + " is not UTF-8.", "Save it as UTF-8.", e);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED, file + " cannot be read: " + e.getMessage(), "Check its mode.", e);
    }
  }

  /** Reads the text of a file. */
  static TomlParseResult parse(String text, Path file) {
    // A byte order mark is no TOML, but editors on Windows write it.
    TomlParseResult result = Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
    if (result.hasErrors()) {
      TomlParseError error = result.errors().get(0);
      throw new Failure(
          ExitCode.FAILED,
          file
              + ", line "
              + error.position().line()
              + ", column "
              + error.position().column()
              + ": "
              + error.getMessage(),
          "Mend the file; it is TOML (https://toml.io).");
    }
    return result;
  }

  /**
   * A text of a table, or null when it is absent.
   *
   * @throws Failure when it is of another type
   */
  static String text(TomlTable table, String key, Path file) {
    Object value = table.get(List.of(key));
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new Failure(
        ExitCode.FAILED, file + ": '" + key + "' must be a text.", "Put its value in quotes.");
  }
}
