package org.mdlibs.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.filesystem.reference.FilesystemConstants;
import org.mdlibs.registry.config.Chance;

/**
 * Blobs as files, by the provider {@code filesystem} of jclouds; what it lacks is done here. It
 * renames before the bytes have reached the disk, so it is let write to a folder of its own, and
 * the file is moved to its place when it is durable (docs/adr/0022).
 */
final class FilesystemStore implements Store {
  private static final String CONTAINER = "archives";

  /** Where blobs are until they are durable; what is left here is of a process that died. */
  private static final String INCOMING = "incoming";

  private static final int MAX_KNOWN_FOLDERS = 50_000;
  private static final int PUT_ATTEMPTS = 3;

  private final Set<Path> durable = ConcurrentHashMap.newKeySet();
  private final Chance chance = new Chance();
  private final Path base;
  private final Path container;
  private final BlobStoreContext context;

  FilesystemStore(Path base) throws IOException {
    this.base = base;
    container = base.resolve(CONTAINER);
    createDurably(container.resolve(INCOMING));
    var properties = new Properties();
    properties.setProperty(FilesystemConstants.PROPERTY_BASEDIR, base.toString());
    context =
        ContextBuilder.newBuilder("filesystem")
            .overrides(properties)
            .buildView(BlobStoreContext.class);
  }

  @Override
  public void put(BlobKey key, Path file) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        putOnce(key, file);
        return;
      } catch (NoSuchFileException e) {
        // A removal takes folders away that became empty, under this put's feet too.
        if (attempt == PUT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void putOnce(BlobKey key, Path file) throws IOException {
    String staged = INCOMING + "/" + chance.uuid() + ".tar.gz";
    Path stagedFile = container.resolve(staged);
    Path target = path(key);
    try {
      write(staged, file);
      force(stagedFile, StandardOpenOption.WRITE);
      Path lowest = existing(target.getParent());
      Files.createDirectories(target.getParent());
      Files.move(stagedFile, target, StandardCopyOption.ATOMIC_MOVE);
      makeReachable(target, lowest);
    } finally {
      Files.deleteIfExists(stagedFile);
    }
  }

  /** Creates a folder; it and those above that are new have reached the disk afterwards. */
  private static void createDurably(Path folder) throws IOException {
    Path old = folder;
    while (old.getParent() != null && Files.notExists(old)) {
      old = old.getParent();
    }
    Files.createDirectories(folder);
    for (Path made = folder; !made.equals(old); made = made.getParent()) {
      force(made.getParent(), StandardOpenOption.READ);
    }
  }

  private void write(String name, Path file) throws IOException {
    BlobStore blobs = context.getBlobStore();
    long size = Files.size(file);
    StorageFailure.answer(
        () ->
            blobs.putBlob(
                CONTAINER,
                blobs
                    .blobBuilder(name)
                    .payload(file.toFile())
                    .contentLength(size)
                    .contentType(Blobs.MEDIA_TYPE)
                    .build()));
  }

  /**
   * Forces the folder of a new file to the disk, then each folder above it whose own entry may not
   * be there yet. Folders that this process has seen reach the disk are not forced again, unless
   * they had to be made anew: another process may have removed them.
   *
   * @param lowest the lowest of the folders above it that was there before
   */
  private void makeReachable(Path file, Path lowest) throws IOException {
    Path folder = file.getParent();
    force(folder, StandardOpenOption.READ);
    boolean isNew = !folder.equals(lowest);
    while (!folder.equals(base) && (isNew || !durable.contains(folder))) {
      Path parent = folder.getParent();
      force(parent, StandardOpenOption.READ);
      if (durable.size() < MAX_KNOWN_FOLDERS) {
        durable.add(folder);
      }
      folder = parent;
      isNew &= !folder.equals(lowest);
    }
  }

  private static Path existing(Path folder) {
    Path found = folder;
    while (!Files.exists(found)) {
      found = found.getParent();
    }
    return found;
  }

  /** Asks the disk to keep a file's bytes, or a folder's entries. */
  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  @Override
  public void remove(BlobKey key) throws IOException {
    if (!key.isArchive()) {
      Files.deleteIfExists(path(key));
      return;
    }
    // The provider removes folders that became empty; another put may make them anew, before or
    // after this comes back.
    durable.clear();
    StorageFailure.answer(
        () -> {
          context.getBlobStore().removeBlob(CONTAINER, key.value());
          return null;
        });
    durable.clear();
    // The provider is silent when it could not.
    if (Files.exists(path(key), LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("could not be removed: " + key);
    }
  }

  @Override
  public InputStream read(BlobKey key) throws IOException {
    FileChannel channel = FileChannel.open(path(key), StandardOpenOption.READ);
    return Channels.newInputStream(channel);
  }

  /**
   * Straight from the file: jclouds takes three times as long to open one, and hands out streams
   * that cannot skip.
   */
  @Override
  public InputStream read(BlobKey key, long first, long length) throws IOException {
    FileChannel channel = FileChannel.open(path(key), StandardOpenOption.READ);
    try {
      return new BoundedStream(Channels.newInputStream(channel.position(first)), length);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Optional<StoredBlob> find(BlobKey key) throws IOException {
    return describe(path(key), key);
  }

  @Override
  public void list(Consumer<StoredBlob> each) throws IOException {
    list(container, "", each);
  }

  /** Folder by folder, so that only the names of one folder and of those above are in memory. */
  private static void list(Path folder, String prefix, Consumer<StoredBlob> each)
      throws IOException {
    for (String name : sortedNames(folder)) {
      if (name.endsWith("/")) {
        list(folder.resolve(name), prefix + name, each);
        continue;
      }
      describe(folder.resolve(name), new BlobKey(prefix + name)).ifPresent(each);
    }
  }

  private static Optional<StoredBlob> describe(Path file, BlobKey key) throws IOException {
    try {
      var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new StoredBlob(key, facts.size(), facts.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // Removed meanwhile.
    }
  }

  /** The names in a folder; those of folders end with a slash, which puts them in key order. */
  private static List<String> sortedNames(Path folder) throws IOException {
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
        names.add(entry.getFileName() + (isFolder ? "/" : ""));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Removed meanwhile.
      return List.of();
    }
    names.sort(null);
    return names;
  }

  @Override
  public void probe() throws IOException {
    Path file = Files.createTempFile(container, ".probe-", "");
    try {
      Files.writeString(file, "probe");
      if (!Files.readString(file).equals("probe")) {
        throw new IOException("the probe came back changed");
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public Optional<Path> file(BlobKey key) {
    return Optional.of(path(key));
  }

  private Path path(BlobKey key) {
    Path path = container.resolve(key.value()).normalize();
    if (!path.startsWith(container) || path.equals(container)) {
      throw new IllegalArgumentException("a key that leaves the storage: " + key);
    }
    return path;
  }

  @Override
  public void close() {
    context.close();
  }
}
