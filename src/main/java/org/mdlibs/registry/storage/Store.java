package org.mdlibs.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A way to keep blobs. What fails below is an {@link IOException}, which {@link Blobs} makes one
 * problem of.
 */
sealed interface Store permits FilesystemStore, S3Store {
  /** Stores a file durably, at once or not at all, whatever was under the key before. */
  void put(BlobKey key, Path file) throws IOException;

  /** Removes a blob; none is no error. */
  void remove(BlobKey key) throws IOException;

  /**
   * Reads a whole blob.
   *
   * @throws NoSuchFileException when there is no such blob
   */
  InputStream read(BlobKey key) throws IOException;

  /**
   * Reads a part.
   *
   * @throws NoSuchFileException when there is no such blob
   */
  InputStream read(BlobKey key, long first, long length) throws IOException;

  /** What lies under a key; empty when nothing does. */
  Optional<StoredBlob> find(BlobKey key) throws IOException;

  /** Tells everything that is there, archives and others, in the order of the keys. */
  void list(Consumer<StoredBlob> each) throws IOException;

  /** Writes, reads and removes something. */
  void probe() throws IOException;

  /** The file that holds a blob, where files do. */
  default Optional<Path> file(BlobKey key) {
    return Optional.empty();
  }

  /** A URL that lets anybody read a blob for a while, where that is wanted. */
  default Optional<URI> redirect(BlobKey key) throws IOException {
    return Optional.empty();
  }

  /** Ends its use. */
  void close();
}
