package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A server of S3 that checks signatures, as a process; what it keeps are files of a folder. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "archives";
  private static final String SECRET = "the-secret-of-the-registry";

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static S3Server start(Path folder) throws IOException, InterruptedException {
    // Its bucket is public unless nobody else may read the folder.
    Files.createDirectories(
        folder.resolve("data").resolve(BUCKET),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    int port = FreePort.find();
    Path settings =
        Files.write(
            folder.resolve("s3proxy.properties"),
            List.of(
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=registry",
                "s3proxy.credential=" + SECRET,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + folder.resolve("data")));
    Path log = folder.resolve("s3proxy.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-jar",
                System.getProperty("s3proxy.jar"),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var server = new S3Server(process, port);
    while (!server.answers()) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      Thread.sleep(50);
    }
    return server;
  }

  private boolean answers() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The beginning of the address of everything in it. */
  String address() {
    return "http://127.0.0.1:" + port + "/";
  }

  /** What leads a registry to it, besides {@code MDLIBS_STORAGE}. */
  Map<String, String> environment() {
    return Map.of(
        "MDLIBS_S3_ENDPOINT",
        "http://127.0.0.1:" + port,
        "MDLIBS_S3_REGION",
        "eu-test-1",
        "MDLIBS_S3_ACCESS_KEY",
        "registry",
        "MDLIBS_S3_SECRET_KEY",
        SECRET);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
