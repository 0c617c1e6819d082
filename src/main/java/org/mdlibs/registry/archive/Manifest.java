package org.mdlibs.registry.archive;

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
import org.mdlibs.registry.problem.ProblemType;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The {@code [library]} table of a {@code .mdlibs.toml} (<a href="https://toml.io/en/v1.0.0">TOML
 * 1.0.0</a>): what a library says about itself. Everything in it is optional; keys and tables that
 * are not known are for others.
 */
public record Manifest(
    Optional<LibraryName> name,
    Optional<Version> version,
    Optional<Description> description,
    Optional<License> license,
    Optional<Tags> tags) {
  /** Longest manifest, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  /** A manifest that says nothing. */
  public static final Manifest EMPTY =
      new Manifest(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final String TABLE = "library";

  /**
   * Reads a manifest: UTF-8, with or without a byte order mark.
   *
   * @throws ProblemException {@link ProblemType#MANIFEST_INVALID} with every fault
   */
  public static Manifest parse(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw invalid("is not UTF-8");
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws ProblemException {@link ProblemType#MANIFEST_INVALID} with every fault
   */
  public static Manifest parse(String text) {
    TomlParseResult toml;
    try {
      toml = Toml.parse(text);
    } catch (StackOverflowError e) {
      throw invalid("is nested too deep");
    }
    if (toml.hasErrors()) {
      throw new ProblemException(
          ProblemType.MANIFEST_INVALID,
          toml.errors().stream()
              .limit(20)
              .map(
                  e ->
                      new Fault(
                          Archives.MANIFEST,
                          "line %d, column %d: %s"
                              .formatted(
                                  e.position().line(),
                                  e.position().column(),
                                  EntryPaths.shown(String.valueOf(e.getMessage())))))
              .toList());
    }
    Object library = toml.get(List.of(TABLE));
    if (library == null) {
      return EMPTY;
    }
    if (!(library instanceof TomlTable table)) {
      throw invalid("must have [library] as a table");
    }
    var faults = new Faults();
    var manifest =
        new Manifest(
            text(table, "name", LibraryName::parse, faults),
            text(table, "version", Version::parse, faults),
            text(table, "description", Description::parse, faults),
            text(table, "license", License::parse, faults),
            tags(table, faults));
    faults.throwIfAny(ProblemType.MANIFEST_INVALID);
    return manifest;
  }

  /** The problem of a manifest that cannot be read. */
  static ProblemException invalid(String fault) {
    return new ProblemException(
        ProblemType.MANIFEST_INVALID, List.of(new Fault(Archives.MANIFEST, fault)));
  }

  private static <T> Optional<T> text(
      TomlTable table, String key, Function<String, T> parser, Faults faults) {
    Object value = table.get(List.of(key));
    if (value != null && !(value instanceof String)) {
      faults.add(TABLE + "." + key, "must be a string");
      return Optional.empty();
    }
    return faults.optional(TABLE + "." + key, (String) value, parser);
  }

  private static Optional<Tags> tags(TomlTable table, Faults faults) {
    Object value = table.get(List.of("tags"));
    if (value == null) {
      return Optional.empty();
    }
    var texts = new ArrayList<String>();
    if (value instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof String text) {
          texts.add(text);
        }
      }
      if (texts.size() == array.size()) {
        try {
          return Optional.of(Tags.parse(texts));
        } catch (IllegalArgumentException e) {
          faults.add(TABLE + ".tags", e.getMessage());
          return Optional.empty();
        }
      }
    }
    faults.add(TABLE + ".tags", "must be an array of strings");
    return Optional.empty();
  }
}
