package org.mdlibs.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.mdlibs.cli.LoopbackServer.Given;

/** A library as a registry would answer for it, put on a loopback server. */
final class FakeLibrary {
  private final LoopbackServer server;
  private final String path;
  private final List<String> versions = new ArrayList<>();

  FakeLibrary(LoopbackServer server, String scope, String name) {
    this.server = server;
    this.path = "/api/v1/libraries/" + scope + "/" + name;
  }

  /** Adds a version whose archive holds one document. */
  FakeLibrary version(String version) {
    return version(version, archive("docs/README.md", "# Version " + version + "\n"));
  }

  FakeLibrary version(String version, byte[] archive) {
    return version(version, archive, sha256(archive), archive.length, false);
  }

  FakeLibrary yanked(String version) {
    byte[] archive = archive("docs/README.md", "# Yanked " + version + "\n");
    return version(version, archive, sha256(archive), archive.length, true);
  }

  /** Adds a version whose promises need not hold. */
  FakeLibrary version(String version, byte[] archive, String sha256, long size, boolean yanked) {
    String json =
        "{\"version\":\"%s\",\"checksum\":\"sha256:%s\",\"size\":%d,\"yanked\":%b}"
            .formatted(version, sha256, size, yanked);
    versions.add(json);
    String encoded = version.replace("+", "%2B");
    server.on("GET " + path + "/" + encoded, Given.json(200, json));
    server.on("GET " + path + "/" + encoded + "/download", Given.bytes(archive));
    server.on(
        "GET " + path + "/versions?per_page=100&page=1",
        Given.json(
            200,
            "{\"versions\":[%s],\"total\":%d,\"page\":1,\"per_page\":100}"
                .formatted(String.join(",", versions), versions.size())));
    if (!yanked) {
      server.on("GET " + path + "/latest", Given.json(200, json));
    }
    return this;
  }

  static byte[] archive(String path, String text) {
    return archive(new TarArchiveEntry(path), text.getBytes(StandardCharsets.UTF_8));
  }

  /** An archive of one entry, whatever that is. */
  static byte[] archive(TarArchiveEntry entry, byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      entry.setSize(bytes.length);
      tar.putArchiveEntry(entry);
      tar.write(bytes);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
