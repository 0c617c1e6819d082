package org.mdlibs.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Packs a folder into a {@code .tar.gz} that depends on nothing but the files' names and bytes:
 * sorted entries, zero times and owners, one mode, a fixed gzip header. (The deflated bytes are
 * zlib's, so two machines agree as far as their Java's zlib does.)
 *
 * <p>Left out: what {@link IgnoreRules} say, every name that starts with a dot but the root's
 * {@code .mdlibs.toml}, {@code mdlibs.lock}, and the libraries installed in {@code libraries/@…}.
 * Symbolic links and special files are refused rather than passed over: their author counts on
 * them.
 */
final class Packer {
  private static final int MODE = 0100644;

  /** The operating system "unknown" in a gzip header, RFC 1952 §2.3.1. */
  private static final int UNKNOWN_SYSTEM = 255;

  private final Path root;
  private final IgnoreRules ignore;
  private final List<Packed> files = new ArrayList<>();
  private final List<String> hidden = new ArrayList<>();

  /**
   * One file to be packed.
   *
   * @param path its name in the archive, with {@code /}
   */
  record Packed(String path, Path file, long size) {}

  /**
   * What of a folder goes into its archive.
   *
   * @param files sorted by path
   * @param hidden markdown that stays out for the dot before its name alone: its author may not
   *     have meant that
   */
  record Selection(List<Packed> files, List<String> hidden) {}

  private Packer(Path root) {
    this.root = root;
    this.ignore = new IgnoreRules(root);
  }

  /**
   * Chooses what of a folder goes into its archive.
   *
   * @throws Failure when a link or a special file is among it
   */
  static Selection collect(Path root) throws IOException {
    var packer = new Packer(root);
    packer.walk(root);
    packer.files.sort(Comparator.comparing(Packed::path));
    packer.hidden.sort(Comparator.naturalOrder());
    return new Selection(List.copyOf(packer.files), List.copyOf(packer.hidden));
  }

  private void walk(Path folder) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        visit(child);
      }
    }
  }

  private void visit(Path child) throws IOException {
    String path = path(root.relativize(child));
    if (path.equals(Project.FILE_NAME)) {
      add(path, child);
      return;
    }
    boolean folder = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
    if (path.equals(LockFile.FILE_NAME)
        || path.startsWith(Installed.FOLDER + "/@")
        || ignore.ignores(child, folder)) {
      return;
    }
    String name = child.getFileName().toString();
    if (name.startsWith(".")) {
      if (!folder && Documents.isMarkdown(name)) {
        hidden.add(path);
      }
      return;
    }
    if (folder) {
      walk(child);
    } else {
      add(path, child);
    }
  }

  /** A relative path with slashes, whatever the system; a backslash in a name stays one. */
  static String path(Path relative) {
    var names = new StringJoiner("/");
    relative.forEach(name -> names.add(name.toString()));
    return names.toString();
  }

  private void add(String path, Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new Failure(
          ExitCode.FAILED,
          path
              + (attributes.isSymbolicLink() ? " is a symbolic link" : " is no ordinary file")
              + "; an archive holds none.",
          "Replace it by a file, or name it in .mdlibsignore.");
    }
    files.add(new Packed(path, file, attributes.size()));
  }

  /**
   * Writes the archive.
   *
   * @param manifest stands in for the root's {@code .mdlibs.toml}
   * @throws IOException also when a file changes its size meanwhile
   */
  static void pack(List<Packed> files, String manifest, OutputStream out) throws IOException {
    var parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    parameters.setOperatingSystem(UNKNOWN_SYSTEM);
    try (var gzip =
            new GzipCompressorOutputStream(new BufferedOutputStream(out, 64 * 1024), parameters);
        var tar = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Packed file : files) {
        if (file.path().equals(Project.FILE_NAME)) {
          byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
          begin(tar, file.path(), bytes.length);
          tar.write(bytes);
        } else {
          begin(tar, file.path(), file.size());
          try (InputStream in = Files.newInputStream(file.file(), LinkOption.NOFOLLOW_LINKS)) {
            in.transferTo(tar);
          }
        }
        tar.closeArchiveEntry();
      }
    }
  }

  private static void begin(TarArchiveOutputStream tar, String path, long size) throws IOException {
    var entry = new TarArchiveEntry(path);
    entry.setSize(size);
    entry.setMode(MODE);
    entry.setModTime(0L);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }
}
