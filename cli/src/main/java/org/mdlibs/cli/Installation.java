package org.mdlibs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.mdlibs.cli.LockFile.Locked;
import org.tomlj.MutableTomlTable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/**
 * One change of what is installed, by a redo log: everything new is made ready in a folder beside
 * the libraries, then a list of what is to be done is put there in one step. Until that list is
 * there nothing has changed; from then on the next run does what this one could not finish. Doing a
 * step twice does no harm.
 */
final class Installation {
  /** Below the folder of the libraries, for a move works within one file system only. */
  static final String STAGING = ".mdlibs-staging";

  private static final String LIST = "commit.toml";

  private final Path directory;
  private final Installer installer;
  private final Path staging;
  private final List<Reference> staged = new ArrayList<>();

  /**
   * A change that is still empty.
   *
   * @param directory where lock and manifest are
   */
  Installation(Path directory, Installer installer) {
    this.directory = directory;
    this.installer = installer;
    this.staging = installer.libraries().resolve(STAGING);
  }

  /** Ends or takes back what an interrupted run left. */
  void heal() throws IOException {
    if (Files.isSymbolicLink(installer.libraries()) || Files.isSymbolicLink(staging)) {
      Installer.refuseLink(staging);
    }
    if (Files.isRegularFile(staging.resolve(LIST), LinkOption.NOFOLLOW_LINKS)) {
      perform();
    }
    discard();
  }

  /** Unpacks a library, checked, where nobody looks for it yet. */
  void stage(Locked library, Path archive) throws IOException {
    installer.stage(library, archive, staging);
    staged.add(library.reference());
  }

  /**
   * Makes the change.
   *
   * @param gone libraries to be removed
   * @param lock the new text of the lock, or null when it stays
   * @param manifest the new text of the manifest, or null when it stays
   */
  void commit(List<Reference> gone, String lock, String manifest) throws IOException {
    if (staged.isEmpty() && gone.isEmpty() && lock == null && manifest == null) {
      return;
    }
    Files.createDirectories(staging);
    if (lock != null) {
      AtomicFile.write(staging.resolve(LockFile.FILE_NAME), lock);
    }
    if (manifest != null) {
      AtomicFile.write(staging.resolve(Project.FILE_NAME), manifest);
    }
    var list = MutableTomlTable.create();
    list.set("install", staged.stream().map(Reference::toString).toList());
    list.set("remove", gone.stream().map(Reference::toString).toList());
    AtomicFile.write(staging.resolve(LIST), list.toToml());
    perform();
    discard();
  }

  private void perform() throws IOException {
    Path list = staging.resolve(LIST);
    TomlParseResult toml = TomlFile.read(list);
    for (Reference reference : references(toml, "install")) {
      Path fresh = Installer.below(staging.resolve("new"), reference);
      if (Files.isDirectory(fresh, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(installer.freePlace(reference).getParent());
        putAside(reference);
        Files.move(fresh, installer.place(reference), StandardCopyOption.ATOMIC_MOVE);
      }
    }
    for (Reference reference : references(toml, "remove")) {
      putAside(reference);
      Installer.deleteIfEmpty(installer.place(reference).getParent());
    }
    for (String name : List.of(LockFile.FILE_NAME, Project.FILE_NAME)) {
      Path text = staging.resolve(name);
      if (Files.isRegularFile(text, LinkOption.NOFOLLOW_LINKS)) {
        AtomicFile.write(directory.resolve(name), Files.readString(text));
      }
    }
    // First of all that is deleted: what is done must not be done again over what comes later.
    Files.delete(list);
  }

  private void putAside(Reference reference) throws IOException {
    Path place = installer.freePlace(reference);
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      Path old = Installer.below(staging.resolve("old"), reference);
      Installer.delete(old);
      Files.createDirectories(old.getParent());
      Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static List<Reference> references(TomlParseResult toml, String key) {
    var references = new ArrayList<Reference>();
    if (toml.get(List.of(key)) instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        references.add(Reference.parse(array.getString(i)));
      }
    }
    return references;
  }

  /** Takes away what was made ready and not asked for any more. */
  void discard() throws IOException {
    if (!Files.isRegularFile(staging.resolve(LIST), LinkOption.NOFOLLOW_LINKS)) {
      Installer.delete(staging);
    }
  }
}
