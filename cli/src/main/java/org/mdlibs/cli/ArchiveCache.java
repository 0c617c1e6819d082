package org.mdlibs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mdlibs.cli.Http.Answer;
import org.mdlibs.cli.LockFile.Locked;
import org.mdlibs.cli.RegistryApi.CutOff;
import org.mdlibs.registry.archive.ArchiveLimits;
import org.mdlibs.registry.name.Version;
import org.tomlj.MutableTomlTable;
import org.tomlj.TomlParseResult;

/**
 * Archives by their SHA-256, and what each version's SHA-256 is, so that a second install needs no
 * network. A version never changes, so nothing here grows stale; all of it may be deleted at any
 * time. What is read is hashed again first: a disk may lie.
 */
final class ArchiveCache {
  private static final Duration LEFTOVER_AGE = Duration.ofDays(1);

  private final Path archives;
  private final Path versions;

  ArchiveCache(Path folder) {
    this.archives = folder.resolve("archives");
    this.versions = folder.resolve("versions");
  }

  private Path place(String sha256) {
    return archives.resolve(sha256.substring(0, 2)).resolve(sha256 + ".tar.gz");
  }

  /** The archive of a library, when it is here and sound. */
  Optional<Path> find(Locked locked) throws IOException {
    Path file = place(locked.sha256());
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      var buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    if (HexFormat.of().formatHex(digest.digest()).equals(locked.sha256())) {
      return Optional.of(file);
    }
    Files.deleteIfExists(file);
    return Optional.empty();
  }

  /**
   * Downloads the archive of a library; only what has the promised size and SHA-256 gets in.
   *
   * @throws Failure with exit code 5 when the bytes are not the promised ones
   * @throws CutOff when the connection broke before all of them had come
   */
  Path download(RegistryApi api, Locked locked, Progress progress) throws IOException, CutOff {
    long limit = ArchiveLimits.DEFAULT.maxArchiveBytes();
    if (locked.size() > limit) {
      throw tampered(locked, "is said to be larger than any archive may be");
    }
    Path file = place(locked.sha256());
    Files.createDirectories(file.getParent());
    removeLeftovers(file.getParent());
    Path temporary = Files.createTempFile(file.getParent(), ".download-", ".tmp");
    try (Answer answer = api.download(locked.reference(), locked.version())) {
      MessageDigest digest = sha256();
      long size = 0;
      try (OutputStream out = Files.newOutputStream(temporary)) {
        var buffer = new byte[64 * 1024];
        for (int n = RegistryApi.read(answer.body(), buffer); n >= 0; ) {
          size += n;
          if (size > locked.size()) {
            throw tampered(locked, "is longer than the " + locked.size() + " bytes promised");
          }
          digest.update(buffer, 0, n);
          out.write(buffer, 0, n);
          progress.advance(n);
          n = RegistryApi.read(answer.body(), buffer);
        }
      }
      if (size < locked.size()) {
        throw new CutOff("it ended after " + size + " of " + locked.size() + " bytes", null);
      }
      String found = HexFormat.of().formatHex(digest.digest());
      if (!found.equals(locked.sha256())) {
        throw tampered(locked, "has the SHA-256 " + found + ", not " + locked.sha256());
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Removes what killed runs left; no download under way is as old as that. */
  private static void removeLeftovers(Path folder) throws IOException {
    Instant limit = Instant.now().minus(LEFTOVER_AGE);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".download-*.tmp")) {
      for (Path file : files) {
        try {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException e) {
          // Another run's, which is done with it.
        }
      }
    }
  }

  private static Failure tampered(Locked locked, String how) {
    return new Failure(
        ExitCode.INTEGRITY,
        "What came for " + locked + " " + how + ".",
        "Do not use it; tell the operators of " + locked.registry() + ".");
  }

  /** Remembers what a version is, for a later install without network. */
  void remember(Locked locked) throws IOException {
    var toml = MutableTomlTable.create();
    toml.set("checksum", locked.checksum());
    toml.set("size", locked.size());
    AtomicFile.write(
        versions(locked.registry(), locked.reference()).resolve(locked.version() + ".toml"),
        toml.toToml());
  }

  /** The versions of a library that were installed on this machine before. */
  List<Locked> remembered(String registry, Reference reference) throws IOException {
    var all = new ArrayList<Locked>();
    Path folder = versions(registry, reference);
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.toml")) {
      for (Path file : files) {
        TomlParseResult toml = TomlFile.read(file);
        String checksum = TomlFile.text(toml, "checksum", file);
        String version = file.getFileName().toString().replaceFirst("\\.toml$", "");
        if (checksum != null && toml.get(List.of("size")) instanceof Long size) {
          all.add(new Locked(reference, Version.parse(version), registry, checksum, size));
        }
      }
    }
    return all;
  }

  private Path versions(String registry, Reference reference) {
    // The address as a folder name: a hash, for it may hold what a file system does not take.
    byte[] hash = sha256().digest(registry.getBytes(StandardCharsets.UTF_8));
    return versions
        .resolve(HexFormat.of().formatHex(hash, 0, 8))
        .resolve("@" + reference.scope())
        .resolve(reference.name().toString());
  }

  /** The SHA-256 of some bytes, in hexadecimal digits. */
  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
