package org.mdlibs.registry.runnable;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;

/**
 * Lays out, once for each build, what the runnable jar carries: the server's jars, {@code
 * server.jar} with the class path, and the WAR as a folder.
 *
 * <p>Why: a server has to have its some 320 jars as files. Payara Micro's own "uber jar" writes
 * them, 130 MB, to the temporary folder at every start, where a cleaner of such folders takes them
 * away under a running server. Here they lie in {@code MDLIBS_HOME/server/<content>}, are reused by
 * every later start, and can be thrown away while the registry is not running.
 */
final class Layout {
  private static final String PREFIX = "server/";
  private static final String MARK = "content";

  private final Path jar;

  Layout(Path jar) {
    this.jar = jar;
  }

  /**
   * Lays the files out below a folder under a name that tells their content, unless they are there.
   *
   * @throws IOException when the folder cannot be written
   */
  Path below(Path parent) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      List<ZipEntry> entries = entries(file);
      String content = content(entries);
      Path target = parent.resolve(content);
      if (!Files.exists(target.resolve(MARK))) {
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "new-");
        InUse mark = InUse.mark(fresh);
        try {
          unpack(file, entries, fresh, content);
          moveUnlessRivalDid(fresh, target);
        } finally {
          mark.close();
          Trees.delete(fresh);
        }
      }
      return target;
    }
  }

  /**
   * Lays the files out in a folder, for an image; leaves them when they are there already.
   *
   * @throws IOException when the folder cannot be written
   * @throws Refusal when there is something else in it
   */
  Path in(Path target) throws IOException, Refusal {
    Path directory = target.toAbsolutePath().normalize();
    try (var file = new JarFile(jar.toFile())) {
      List<ZipEntry> entries = entries(file);
      String content = content(entries);
      Path mark = directory.resolve(MARK);
      if (Files.exists(mark) && Files.readString(mark).equals(content)) {
        return directory;
      }
      Files.createDirectories(directory);
      try (Stream<Path> there = Files.list(directory)) {
        if (there.findAny().isPresent()) {
          throw new Refusal("there is something else in " + directory);
        }
      }
      unpack(file, entries, directory, content);
      return directory;
    }
  }

  private static List<ZipEntry> entries(JarFile file) {
    return file.stream()
        .filter(entry -> entry.getName().startsWith(PREFIX) && !entry.isDirectory())
        .map(ZipEntry.class::cast)
        .toList();
  }

  /** The name of this content: the same files have the same name, in whatever build. */
  private static String content(List<ZipEntry> entries) {
    var sum = new CRC32C();
    long size = 0;
    for (ZipEntry entry : entries) {
      String line = entry.getName() + ' ' + entry.getSize() + ' ' + entry.getCrc() + '\n';
      sum.update(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      size += entry.getSize();
    }
    return "%08x-%x".formatted(sum.getValue(), size);
  }

  private static void unpack(JarFile file, List<ZipEntry> entries, Path target, String content)
      throws IOException {
    var libraries = new ArrayList<String>();
    for (ZipEntry entry : entries) {
      String name = entry.getName().substring(PREFIX.length());
      Path to = target.resolve(name).normalize();
      if (!to.startsWith(target)) {
        throw new IOException("the jar is damaged: " + entry.getName());
      }
      Files.createDirectories(to.getParent());
      try (InputStream in = file.getInputStream(entry)) {
        Files.copy(in, to);
      }
      if (name.contains("/WEB-INF/lib/") && !to.getFileName().toString().startsWith("mdlibs-")) {
        libraries.add(name);
      }
    }
    for (String library : libraries) {
      leaveUnscanned(target, library);
    }
    File launcher = target.resolve("mdlibs-registry").toFile();
    if (launcher.exists() && !launcher.setExecutable(true, false)) {
      throw new IOException("cannot make executable: " + launcher);
    }
    Files.writeString(target.resolve(MARK), content);
  }

  /**
   * Spares the server to read every class of the libraries in search of annotations, which took a
   * fifth of the start; none has any that matter. A deployed folder may hold a library as {@code
   * WEB-INF__lib__name_jar}, unpacked; where there is one, the jar is not scanned. These are empty:
   * classes are still loaded from the jar.
   */
  private static void leaveUnscanned(Path target, String library) throws IOException {
    int start = library.indexOf("WEB-INF/");
    String unpacked = library.substring(start).replaceAll("[/ ]", "__").replace(".jar", "_jar");
    Files.createDirectories(target.resolve(library.substring(0, start)).resolve(unpacked));
  }

  private static void moveUnlessRivalDid(Path fresh, Path target) throws IOException {
    try {
      Files.move(fresh, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, target);
    } catch (IOException e) {
      if (!Files.exists(target.resolve(MARK))) {
        throw e;
      }
    }
  }
}
