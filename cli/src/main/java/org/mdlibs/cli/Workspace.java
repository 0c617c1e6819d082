package org.mdlibs.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mdlibs.cli.LockFile.Locked;

/**
 * A project while one run changes what is installed in it: nobody else changes it meanwhile, and
 * what an interrupted run left is brought to its end or taken back before anything is read.
 *
 * <p>The locks are files of the cache, named after the folders that they stand for, so that a
 * project holds nothing but what is its own. The system lets go of them however the process ends.
 */
final class Workspace implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  final Project project;
  final LockFile lock;
  final Installer installer;
  private final Installation installation;
  private final List<FileChannel> locks;

  private Workspace(Path directory, Path libraries, List<FileChannel> locks) throws IOException {
    this.locks = locks;
    this.installer = new Installer(libraries);
    this.installation = new Installation(directory, installer);
    installation.heal();
    removeLeftovers(directory);
    this.project = new Project(directory);
    this.lock = new LockFile(directory);
  }

  /**
   * Opens the project of a command, waiting while another process changes it.
   *
   * @param libraries the folder of the installed libraries
   */
  static Workspace open(Command command, Path libraries) throws IOException {
    Path directory = command.session.directory();
    Path folder = command.session.cacheFolder().resolve("locks");
    Files.createDirectories(folder);
    var names = new TreeSet<String>();
    for (Path path : List.of(directory, libraries)) {
      Path real = Files.exists(path) ? path.toRealPath() : path;
      names.add(ArchiveCache.sha256(real.toString().getBytes(StandardCharsets.UTF_8)));
    }
    var locks = new ArrayList<FileChannel>();
    try {
      // In the order of their names, so that two runs never wait for each other.
      for (String name : names) {
        FileChannel channel =
            FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        locks.add(channel);
        if (tryLock(channel).isEmpty()) {
          command.terminal.note("Waiting for another mdlibs that works in this folder …");
          while (tryLock(channel).isEmpty()) {
            OnlineCommand.await(POLL);
          }
        }
      }
      return new Workspace(directory, libraries, locks);
    } catch (IOException | RuntimeException e) {
      release(locks);
      throw e;
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this process.
      return Optional.empty();
    }
  }

  /** Removes what a killed run was about to move over the lock or the manifest. */
  private static void removeLeftovers(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".mdlibs-*.tmp")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Brings the project into a new state: all of it or nothing.
   *
   * @param archives what is to be installed, each with its checked archive
   * @param gone what is to be removed
   * @param locked the whole new lock
   * @param saveManifest whether the manifest changed too
   */
  void change(
      Map<Locked, Path> archives,
      List<Reference> gone,
      Map<Reference, Locked> locked,
      boolean saveManifest)
      throws IOException {
    for (Map.Entry<Locked, Path> archive : archives.entrySet()) {
      installation.stage(archive.getKey(), archive.getValue());
    }
    installation.commit(
        gone,
        lock.differsFrom(locked) ? LockFile.text(new TreeMap<>(locked)) : null,
        saveManifest ? project.text() : null);
  }

  @Override
  public void close() throws IOException {
    try {
      installation.discard();
    } finally {
      release(locks);
    }
  }

  private static void release(List<FileChannel> locks) throws IOException {
    Collections.reverse(locks);
    for (FileChannel channel : locks) {
      channel.close();
    }
  }
}
