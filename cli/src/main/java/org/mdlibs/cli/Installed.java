package org.mdlibs.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mdlibs.registry.archive.Archives;
import org.tomlj.MutableTomlTable;
import org.tomlj.TomlTable;

/**
 * What an installed library says of itself: a file in its folder, which comes into place together
 * with the library in the one move that installs it.
 *
 * @param place its folder
 * @param registry the address that it came from
 * @param checksum of its archive
 * @param installedAt RFC 3339, UTC
 */
record Installed(
    Reference reference,
    String version,
    Path place,
    String registry,
    String checksum,
    String installedAt) {

  /** Where libraries are installed, below the project. */
  static final String FOLDER = "libraries";

  static final String FILE_NAME = Archives.INSTALL_RECORD;

  /** Every library in a folder of libraries, by name. */
  static List<Installed> allIn(Path libraries) throws IOException {
    var all = new ArrayList<Installed>();
    for (Path place : places(libraries)) {
      read(place).ifPresent(all::add);
    }
    all.sort(Comparator.comparing(Installed::reference));
    return all;
  }

  /** The folders where libraries are, or what looks like them, in the order of their names. */
  static List<Path> places(Path libraries) throws IOException {
    var places = new ArrayList<Path>();
    for (Path scope : folders(libraries)) {
      if (scope.getFileName().toString().startsWith("@")) {
        places.addAll(folders(scope));
      }
    }
    places.sort(Comparator.naturalOrder());
    return places;
  }

  private static List<Path> folders(Path parent) throws IOException {
    var folders = new ArrayList<Path>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
        for (Path child : children) {
          if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
            folders.add(child);
          }
        }
      }
    }
    return folders;
  }

  /** What is installed in a folder; empty when mdlibs did not install it. */
  static Optional<Installed> read(Path place) {
    Path file = place.resolve(FILE_NAME);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    TomlTable toml = TomlFile.read(file);
    String name = TomlFile.text(toml, "name", file);
    if (name == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Installed(
            Reference.parse(name),
            TomlFile.text(toml, "version", file),
            place,
            TomlFile.text(toml, "registry", file),
            TomlFile.text(toml, "checksum", file),
            TomlFile.text(toml, "installed_at", file)));
  }

  /** Writes it into a folder that is about to be moved into place. */
  void writeTo(Path folder) throws IOException {
    var toml = MutableTomlTable.create();
    toml.set("name", reference.toString());
    toml.set("version", version);
    toml.set("registry", registry);
    toml.set("checksum", checksum);
    toml.set("installed_at", installedAt);
    AtomicFile.write(folder.resolve(FILE_NAME), toml.toToml());
  }
}
