package org.mdlibs.registry.storage;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.config.StorageSettings;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The archives' storage, over jclouds: a folder, or a bucket that speaks S3. The database alone
 * knows what belongs to whom: a blob is bytes under a key that holds their SHA-256, durable when
 * {@link #put} returns.
 *
 * <p>Works without a container too: construct, {@link #open}, {@link #close}. Every method may be
 * called by any number of threads, and throws {@link ProblemType#STORAGE_UNAVAILABLE} when the
 * storage does not answer; it is tried anew at the next call.
 */
@ApplicationScoped
public class Blobs implements AutoCloseable {
  static final String MEDIA_TYPE = "application/gzip";

  private final StorageSettings settings;
  private volatile Store store;

  /** The storage of the registry. */
  @Inject
  public Blobs(RegistryConfig config) {
    this(config.storage());
  }

  /** Some storage. */
  public Blobs(StorageSettings settings) {
    this.settings = settings;
  }

  /** For the container's proxy. */
  protected Blobs() {
    this((StorageSettings) null);
  }

  /**
   * Opens the storage; takes a second or two, once.
   *
   * @throws IOException when its folder cannot be made
   * @throws IllegalStateException when its bucket cannot be used, with a sentence that says why
   */
  public synchronized void open() throws IOException {
    if (store != null) {
      return;
    }
    if (settings instanceof StorageSettings.Bucket bucket) {
      store = S3Store.open(bucket);
    } else {
      store = new FilesystemStore(((StorageSettings.Folder) settings).path());
    }
  }

  private Store store() {
    Store opened = store;
    if (opened == null) {
      throw new ProblemException(ProblemType.STORAGE_UNAVAILABLE, "Try again in a moment.");
    }
    return opened;
  }

  @PreDestroy
  @Override
  public synchronized void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  /**
   * Stores a file under a key, durably: on a file system, the bytes and the folders that lead to
   * them have reached the disk when this returns. What was under the key is replaced at once by the
   * same bytes; a reader sees the old or the new file, whole.
   *
   * @throws IllegalArgumentException when the file's SHA-256 is not the key's; nothing is stored
   * @throws ProblemException {@link ProblemType#STORAGE_FULL}, {@link
   *     ProblemType#STORAGE_UNAVAILABLE}; nothing is stored then
   */
  public void put(BlobKey key, Path file) {
    try {
      if (!hash(file).equals(key.sha256())) {
        throw new IllegalArgumentException("these are not the bytes of " + key);
      }
    } catch (IOException e) {
      throw StorageFailure.of(e);
    }
    run(store -> store.put(key, file));
  }

  /**
   * The SHA-256 of what is stored under a key, 64 digits of lower-case hexadecimal: the key's own,
   * unless the storage has damaged it.
   *
   * @throws NoSuchFileException when there is no such blob
   * @throws IOException when reading breaks off
   */
  public String hash(BlobKey key) throws IOException {
    return hash(read(key));
  }

  /** The SHA-256 of a file. */
  static String hash(Path file) throws IOException {
    return hash(Files.newInputStream(file));
  }

  private static String hash(InputStream bytes) throws IOException {
    try (bytes) {
      return Sha256.hex(bytes);
    }
  }

  /** Removes a blob; none is no error. */
  public void remove(BlobKey key) {
    run(store -> store.remove(key));
  }

  /**
   * Reads a whole blob; the caller closes the stream, which fails when bytes are missing.
   *
   * @throws NoSuchFileException when there is no such blob
   */
  public InputStream read(BlobKey key) throws IOException {
    return stream(store -> store.read(key));
  }

  /**
   * Reads a part of a blob; the caller closes the stream, which fails when bytes are missing.
   *
   * @param first the first byte, from 0
   * @param length bytes
   * @throws NoSuchFileException when there is no such blob
   */
  public InputStream read(BlobKey key, long first, long length) throws IOException {
    return stream(store -> store.read(key, first, length));
  }

  private InputStream stream(Question<InputStream> question) throws NoSuchFileException {
    try {
      return question.ask(store());
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw StorageFailure.of(e);
    }
  }

  /** The size of a blob in bytes; empty when there is none. */
  public OptionalLong size(BlobKey key) {
    return find(key).stream().mapToLong(StoredBlob::size).findFirst();
  }

  /** What lies under a key; empty when nothing does. */
  public Optional<StoredBlob> find(BlobKey key) {
    return ask(store -> store.find(key));
  }

  /**
   * Tells every blob, one after the other, in the order of the keys. What is put or removed
   * meanwhile may be told or not.
   */
  public void list(Consumer<StoredBlob> each) {
    listAll(BlobKey::isArchive, each);
  }

  /**
   * Tells what a put or a probe left that never came to its end. What was modified a moment ago may
   * belong to one under way. What strangers keep in the storage is told by nobody.
   */
  public void leftovers(Consumer<StoredBlob> each) {
    listAll(BlobKey::isLeftover, each);
  }

  private void listAll(Predicate<BlobKey> wanted, Consumer<StoredBlob> each) {
    run(
        store ->
            store.list(
                blob -> {
                  if (wanted.test(blob.key())) {
                    each.accept(blob);
                  }
                }));
  }

  /**
   * Removes what {@link #leftovers} told; gone already is no error.
   *
   * @throws IllegalArgumentException when it is none
   */
  public void removeLeftover(StoredBlob leftover) {
    if (!leftover.key().isLeftover()) {
      throw new IllegalArgumentException("not a leftover: " + leftover.key());
    }
    run(store -> store.remove(leftover.key()));
  }

  /** The file that holds a blob, or would; empty where the storage is no file system. */
  public Optional<Path> file(BlobKey key) {
    return store().file(key);
  }

  /**
   * Where anybody can read a blob for the next minutes without further credentials; empty unless
   * the storage can do that and the settings want it.
   */
  public Optional<URI> redirect(BlobKey key) {
    return ask(store -> store.redirect(key));
  }

  /**
   * Writes, reads and removes something that is no blob.
   *
   * @throws ProblemException {@link ProblemType#STORAGE_FULL}, {@link
   *     ProblemType#STORAGE_UNAVAILABLE}
   */
  public void probe() {
    run(Store::probe);
  }

  /** Something to ask the storage. */
  private interface Question<T> {
    T ask(Store store) throws IOException;
  }

  /** Something to do with it. */
  private interface Act {
    void run(Store store) throws IOException;
  }

  private <T> T ask(Question<T> question) {
    try {
      return question.ask(store());
    } catch (IOException e) {
      throw StorageFailure.of(e);
    }
  }

  private void run(Act act) {
    ask(
        store -> {
          act.run(store);
          return null;
        });
  }
}
