package org.mdlibs.registry.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Builds the archive of a library, by default a good one: a manifest and {@code docs/README.md}.
 * The same calls give the same bytes.
 */
public final class ArchiveBuilder {
  private static final String MANIFEST = ".mdlibs.toml";

  private final List<Item> items = new ArrayList<>();

  private static final class Item {
    final TarArchiveEntry entry;
    final byte[] content;

    Item(TarArchiveEntry entry, byte[] content) {
      this.entry = entry;
      this.content = content;
      entry.setSize(content.length);
    }
  }

  private ArchiveBuilder() {}

  /** An archive with a manifest of that name and version, and one document. */
  public static ArchiveBuilder archive(String name, String version) {
    return new ArchiveBuilder()
        .file(MANIFEST, manifestOf(name, version))
        .file("docs/README.md", "# " + name + "\n\nVersion " + version + ".\n");
  }

  /** An archive with nothing in it. */
  public static ArchiveBuilder empty() {
    return new ArchiveBuilder();
  }

  /** The text of a manifest with that name and version and nothing else. */
  public static String manifestOf(String name, String version) {
    return "[library]\nname = \"%s\"\nversion = \"%s\"\n".formatted(name, version);
  }

  /** Adds a file, also where one of that path is there already. */
  public ArchiveBuilder file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file, also where one of that path is there already. */
  public ArchiveBuilder file(String path, byte[] content) {
    return entry(new TarArchiveEntry(path, true), content);
  }

  /** Adds a folder. */
  public ArchiveBuilder folder(String path) {
    return entry(new TarArchiveEntry(path, TarConstants.LF_DIR, true), new byte[0]);
  }

  /** Adds a symbolic link. */
  public ArchiveBuilder symlink(String path, String target) {
    var entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK, true);
    entry.setLinkName(target);
    return entry(entry, new byte[0]);
  }

  /** Replaces the manifest, or adds one. */
  public ArchiveBuilder manifest(String text) {
    withoutManifest();
    var entry = new TarArchiveEntry(MANIFEST, true);
    items.add(0, new Item(entry, text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Removes the manifest. */
  public ArchiveBuilder withoutManifest() {
    items.removeIf(i -> i.entry.getName().equals(MANIFEST));
    return this;
  }

  /** Adds any entry; it gets the size of the content. */
  public ArchiveBuilder entry(TarArchiveEntry entry, byte[] content) {
    items.add(new Item(entry, content));
    return this;
  }

  /** The tar, not compressed. */
  public byte[] tar() {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Item item : items) {
        item.entry.setLastModifiedTime(FileTime.from(Instant.EPOCH));
        tar.putArchiveEntry(item.entry);
        tar.write(item.content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The {@code .tar.gz}. */
  public byte[] bytes() {
    return gzip(tar());
  }

  /** Anything as one gzip member. */
  public static byte[] gzip(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
