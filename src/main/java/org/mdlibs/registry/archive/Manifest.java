package org.mdlibs.registry.archive;

import static org.mdlibs.registry.problem.ProblemType.MANIFEST_INVALID;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mdlibs.registry.name.Description;
import org.mdlibs.registry.name.LibraryName;
import org.mdlibs.registry.name.License;
import org.mdlibs.registry.name.Tags;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.Fault;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * What a library says about itself: the {@code [library]} table of the {@code .mdlibs.toml} in its
 * root (<a href="https://toml.io/en/v1.0.0">TOML 1.0</a>). Everything in it may be left out; other
 * tables and keys are for other readers and are passed over.
 *
 * @param name the {@code name}
 * @param version the {@code version}
 * @param description the {@code description}, as {@link Description} allows; never blank
 * @param license the {@code license}
 * @param tags the {@code tags}, an array of strings
 */
public record Manifest(
    Optional<LibraryName> name,
    Optional<Version> version,
    Optional<String> description,
    Optional<License> license,
    Optional<Tags> tags) {
  /** A manifest that says nothing. */
  public static final Manifest EMPTY =
      new Manifest(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Largest manifest, in bytes. */
  public static final int MAX_BYTES = 64 << 10;

  /**
   * Blank and comment lines in a row. The TOML parser takes time that grows with the cube of such a
   * run: 2,000 of them take eight seconds, 64 KiB of them hours.
   */
  private static final int MAX_EMPTY_LINES = 64;

  private static final int MAX_SYNTAX_FAULTS = 20;
  private static final int MAX_MESSAGE = 300;
  private static final String FILE = LibraryRoot.MANIFEST;

  /**
   * Reads a manifest from its bytes, UTF-8 with or without a byte order mark.
   *
   * @throws ProblemException {@code MANIFEST_INVALID} with every fault and its line and column
   */
  public static Manifest parse(byte[] bytes) {
    checkSize(bytes.length);
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw invalid("is not UTF-8");
    }
  }

  /**
   * Reads a manifest from its text.
   *
   * @throws ProblemException {@code MANIFEST_INVALID} with every fault and its line and column
   */
  public static Manifest parse(String text) {
    checkSize(text.length());
    checkSize(text.getBytes(StandardCharsets.UTF_8).length);
    checkEmptyLines(text);
    TomlParseResult toml = Toml.parse(text.startsWith("\ufeff") ? text.substring(1) : text);
    if (toml.hasErrors()) {
      throw new ProblemException(
          MANIFEST_INVALID,
          toml.errors().stream().limit(MAX_SYNTAX_FAULTS).map(Manifest::fault).toList());
    }
    var faults = new Faults();
    Manifest manifest = new Reader(library(toml), faults).read();
    faults.throwIfAny(MANIFEST_INVALID);
    return manifest;
  }

  /**
   * Refuses a manifest of more than {@link #MAX_BYTES}.
   *
   * @throws ProblemException {@code MANIFEST_INVALID}
   */
  static void checkSize(long bytes) {
    if (bytes > MAX_BYTES) {
      throw invalid("has more than " + MAX_BYTES + " bytes");
    }
  }

  private static void checkEmptyLines(String text) {
    int run = 0;
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      String content = line.strip();
      run = content.isEmpty() || content.startsWith("#") ? run + 1 : 0;
      if (run > MAX_EMPTY_LINES) {
        throw invalid(
            "has more than %d blank or comment lines in a row (line %d)"
                .formatted(MAX_EMPTY_LINES, number));
      }
    }
  }

  private static TomlTable library(TomlParseResult toml) {
    List<String> path = List.of("library");
    if (toml.contains(path) && !toml.isTable(path)) {
      throw new ProblemException(
          MANIFEST_INVALID,
          List.of(
              new Fault("library", "must be a table, [library]" + at(toml.inputPositionOf(path)))));
    }
    return toml.getTableOrEmpty(path);
  }

  private static Fault fault(TomlParseError error) {
    String message = error.getMessage();
    return new Fault(
        FILE,
        "is not TOML: "
            + message.substring(0, Math.min(message.length(), MAX_MESSAGE))
            + at(error.position()));
  }

  private static String at(TomlPosition position) {
    return position == null
        ? ""
        : " (line %d, column %d)".formatted(position.line(), position.column());
  }

  private static ProblemException invalid(String fault) {
    return new ProblemException(MANIFEST_INVALID, List.of(new Fault(FILE, fault)));
  }

  /** Takes the values out of the table, noting every fault. */
  private record Reader(TomlTable library, Faults faults) {
    Manifest read() {
      return new Manifest(
          string("name", LibraryName::parse),
          string("version", Version::parse),
          string("description", Description::parse)
              .map(Description::value)
              .filter(d -> !d.isEmpty()),
          string("license", License::parse),
          tags());
    }

    private <T> Optional<T> string(String key, Function<String, T> parser) {
      Object value = library.get(List.of(key));
      if (value == null) {
        return Optional.empty();
      }
      if (!(value instanceof String text)) {
        note(key, "must be a string");
        return Optional.empty();
      }
      return parse(key, text, parser);
    }

    private Optional<Tags> tags() {
      Object value = library.get(List.of("tags"));
      if (value == null) {
        return Optional.empty();
      }
      if (!(value instanceof TomlArray array)) {
        note("tags", "must be an array of strings");
        return Optional.empty();
      }
      var tags = new ArrayList<String>();
      for (int i = 0; i < array.size(); i++) {
        if (!(array.get(i) instanceof String tag)) {
          faults.add("library.tags", "must be strings" + at(array.inputPositionOf(i)));
          return Optional.empty();
        }
        tags.add(tag);
      }
      return parse("tags", tags, Tags::parse);
    }

    private <S, T> Optional<T> parse(String key, S value, Function<S, T> parser) {
      try {
        return Optional.of(parser.apply(value));
      } catch (IllegalArgumentException e) {
        note(key, e.getMessage());
        return Optional.empty();
      }
    }

    private void note(String key, String message) {
      faults.add("library." + key, message + at(library.inputPositionOf(List.of(key))));
    }
  }
}
