package org.mdlibs.registry.maintenance;

import java.io.IOException;

/** Hears of the work while it goes on. An exception of its own ends the work. */
public interface Listener {
  /** Something was found, or done. */
  void found(Finding finding) throws IOException;

  /** So many were looked at; heard every few hundred. */
  void progress(Progress progress) throws IOException;

  /**
   * How far the work is.
   *
   * @param event always {@code progress}
   * @param doing {@code versions} or {@code blobs}: what is looked at
   * @param checked how many of them so far
   * @param bytes how many bytes of them were read or seen
   */
  record Progress(String event, String doing, long checked, long bytes) {
    static Progress of(String doing, long checked, long bytes) {
      return new Progress("progress", doing, checked, bytes);
    }
  }
}
