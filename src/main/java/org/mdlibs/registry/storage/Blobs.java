package org.mdlibs.registry.storage;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.filesystem.reference.FilesystemConstants;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The archives' storage, over jclouds. The database alone knows what belongs to whom: a blob is
 * bytes under a key, written once, durable when {@link #put} returns.
 */
@ApplicationScoped
public class Blobs {
  private static final String CONTAINER = "archives";

  private static final int MAX_KNOWN_FOLDERS = 50_000;
  private static final int PUT_ATTEMPTS = 3;

  private final Set<Path> durable = ConcurrentHashMap.newKeySet();
  private final RegistryConfig config;
  private BlobStoreContext context;

  @Inject
  public Blobs(RegistryConfig config) {
    this.config = config;
  }

  /** For the container's proxy. */
  protected Blobs() {
    this(null);
  }

  /**
   * Opens the storage; takes a second or two, once.
   *
   * @throws IOException when its folder cannot be made
   */
  public synchronized void open() throws IOException {
    if (context == null) {
      Files.createDirectories(config.storage().resolve(CONTAINER));
      var properties = new Properties();
      properties.setProperty(FilesystemConstants.PROPERTY_BASEDIR, config.storage().toString());
      context =
          ContextBuilder.newBuilder("filesystem")
              .overrides(properties)
              .buildView(BlobStoreContext.class);
    }
  }

  private synchronized BlobStore store() {
    if (context == null) {
      throw new ProblemException(ProblemType.STORAGE_UNAVAILABLE, "Try again in a moment.");
    }
    return context.getBlobStore();
  }

  @PreDestroy
  synchronized void close() {
    if (context != null) {
      context.close();
      context = null;
    }
  }

  /**
   * Stores a file under a key, durably: the bytes and the folders that lead to them have reached
   * the disk when this returns.
   *
   * @throws ProblemException {@link ProblemType#STORAGE_FULL}, {@link
   *     ProblemType#STORAGE_UNAVAILABLE}; nothing is stored then
   */
  public void put(BlobKey key, Path file) {
    for (int attempt = 1; ; attempt++) {
      try {
        putOnce(key, file);
        return;
      } catch (IOException | RuntimeException e) {
        ProblemException failure = failure(e);
        // A removal takes folders away that became empty, under this put's feet too.
        if (attempt == PUT_ATTEMPTS || failure.type() == ProblemType.STORAGE_FULL) {
          throw failure;
        }
      }
    }
  }

  private void putOnce(BlobKey key, Path file) throws IOException {
    BlobStore store = store();
    store.putBlob(
        CONTAINER,
        store
            .blobBuilder(key.value())
            .payload(file.toFile())
            .contentLength(Files.size(file))
            .contentType("application/gzip")
            .build());
    makeDurable(file(key));
  }

  /**
   * Forces a new file to the disk, then each folder above it whose own entry may not be there yet.
   * Folders that this process has seen reach the disk are not forced again.
   */
  private void makeDurable(Path file) throws IOException {
    force(file, StandardOpenOption.WRITE);
    Path folder = file.getParent();
    force(folder, StandardOpenOption.READ);
    while (!folder.equals(config.storage()) && !durable.contains(folder)) {
      Path parent = folder.getParent();
      force(parent, StandardOpenOption.READ);
      if (durable.size() < MAX_KNOWN_FOLDERS) {
        durable.add(folder);
      }
      folder = parent;
    }
  }

  /** Asks the disk to keep a file's bytes, or a folder's entries. */
  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /**
   * Removes a blob; none is no error.
   *
   * @throws ProblemException {@link ProblemType#STORAGE_UNAVAILABLE}
   */
  public void remove(BlobKey key) {
    try {
      // The provider removes folders that became empty; another put may make them anew, before
      // or after this comes back.
      durable.clear();
      store().removeBlob(CONTAINER, key.value());
      durable.clear();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /**
   * The file that holds a blob.
   *
   * <p>The file system's own: jclouds takes three times as long to open one, and hands out streams
   * that cannot skip.
   */
  public Path file(BlobKey key) {
    return config.storage().resolve(CONTAINER).resolve(key.value());
  }

  private static ProblemException failure(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof IOException
          && (message.contains("No space left") || message.contains("Disk quota exceeded"))) {
        return new ProblemException(
            ProblemType.STORAGE_FULL, "Nothing was stored: ask the operators for space.", e);
      }
    }
    String what = e instanceof NoSuchFileException ? "is gone" : "does not answer";
    return new ProblemException(
        ProblemType.STORAGE_UNAVAILABLE, "The storage " + what + ": try again in a moment.", e);
  }

  /**
   * Writes, reads and removes a blob.
   *
   * @throws ProblemException {@link ProblemType#STORAGE_FULL}, {@link
   *     ProblemType#STORAGE_UNAVAILABLE}
   */
  public void probe() {
    try {
      Path folder = config.storage().resolve(CONTAINER);
      Path file = Files.createTempFile(folder, ".probe-", "");
      try {
        Files.writeString(file, "probe");
        if (!Files.readString(file).equals("probe")) {
          throw new IOException("the probe came back changed");
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
