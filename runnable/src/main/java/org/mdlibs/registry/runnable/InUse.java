package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Marks a folder as used by this process, until it is closed or the process ends, however it ends:
 * a lock on a file in it. What no process uses is left over, from an earlier build or from a
 * process that was killed, and is swept.
 */
final class InUse implements AutoCloseable {
  private static final String LOCK = "lock";

  private final FileChannel channel;

  private InUse(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Marks a folder; several processes may mark the same one.
   *
   * @throws IOException when the folder cannot be written
   */
  static InUse mark(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    channel.lock(0, Long.MAX_VALUE, true);
    return new InUse(channel);
  }

  /**
   * Deletes the folders in a folder that were marked once and that no process uses.
   *
   * @param keep the one to leave, used or not
   * @throws IOException when one cannot be deleted
   */
  static void sweep(Path parent, Path keep) throws IOException {
    List<Path> folders;
    try (Stream<Path> there = Files.list(parent)) {
      folders = there.filter(Files::isDirectory).filter(folder -> !folder.equals(keep)).toList();
    }
    for (Path folder : folders) {
      if (Files.exists(folder.resolve(LOCK)) && isFree(folder)) {
        Trees.delete(folder);
      }
    }
  }

  private static boolean isFree(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (java.nio.channels.OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
