package org.mdlibs.registry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.mdlibs.registry.config.StorageSettings.Bucket;

/**
 * A server of S3 that checks signatures, with one bucket. In a process of its own, since it brings
 * libraries of other versions; what it keeps are files.
 */
public final class S3Server implements AutoCloseable {
  private static final String BUCKET = "archives-of-tests";
  private static final String ACCESS_KEY = "registry";
  private static final String SECRET_KEY = "the-secret-of-the-registry";

  private final Path folder;
  private final int port;
  private Process process;

  private S3Server(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts one that keeps its files in a folder. */
  public static S3Server start(Path folder) {
    try {
      // Its bucket is public unless nobody else may read the folder.
      Files.createDirectories(
          folder.resolve("data").resolve(BUCKET),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var server = new S3Server(folder, ServerProcess.freePort());
      Files.write(folder.resolve("s3proxy.properties"), server.configuration());
      server.resume();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> configuration() {
    return List.of(
        "s3proxy.endpoint=" + endpoint(),
        "s3proxy.authorization=aws-v2-or-v4",
        "s3proxy.identity=" + ACCESS_KEY,
        "s3proxy.credential=" + SECRET_KEY,
        "jclouds.provider=filesystem-nio2",
        "jclouds.filesystem.basedir=" + folder.resolve("data"));
  }

  /** Stops to answer. */
  public void stop() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers again, at the same port, with what it has kept. */
  public void resume() {
    try {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-jar",
                  System.getProperty("s3proxy.jar"),
                  "--properties",
                  folder.resolve("s3proxy.properties").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("s3proxy.log").toFile())
              .start();
      while (!answers()) {
        if (!process.isAlive()) {
          throw new IllegalStateException(Files.readString(folder.resolve("s3proxy.log")));
        }
        Thread.sleep(50);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it answers. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Its bucket, as the registry is told of it. */
  public Bucket bucket() {
    return bucket(BUCKET, SECRET_KEY, false);
  }

  /** A bucket that may not be there, or not to be opened. */
  public Bucket bucket(String name, String secretKey, boolean redirects) {
    return new Bucket(name, endpoint(), "eu-test-1", ACCESS_KEY, secretKey, true, redirects);
  }

  /** The settings by which the registry finds it. */
  List<String> settings() {
    Bucket bucket = bucket();
    return List.of(
        "-Dmdlibs.storage=s3://" + bucket.name(),
        "-Dmdlibs.s3.endpoint=" + bucket.endpoint(),
        "-Dmdlibs.s3.region=" + bucket.region(),
        "-Dmdlibs.s3.access.key=" + bucket.accessKey(),
        "-Dmdlibs.s3.secret.key=" + bucket.secretKey());
  }

  /** Puts a file into the bucket behind its back. */
  public void intrude(String key, byte[] bytes) throws IOException {
    Path file = folder.resolve("data").resolve(BUCKET).resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Override
  public void close() {
    stop();
  }
}
