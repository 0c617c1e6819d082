package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose archives move from files to S3, and which leads downloads there. */
final class MoveStorageIT {
  private static final String DOWNLOAD = "/api/v1/libraries/admin/notes/1.0.0/download";

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int port;
  private S3Server s3;

  @BeforeEach
  void startStorage() throws Exception {
    port = FreePort.find();
    s3 = S3Server.start(folder.resolve("s3"));
  }

  @AfterEach
  void no_process_is_left() {
    processes.forEach(Process::destroyForcibly);
    s3.close();
  }

  private Process java(Map<String, String> environment, String log, String... args)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("mdlibs.jar")));
    command.addAll(Arrays.asList(args));
    var builder = new ProcessBuilder(command).redirectError(folder.resolve(log).toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("MDLIBS_"));
    builder.environment().put("MDLIBS_HOME", folder.resolve("home").toString());
    builder.environment().put("MDLIBS_ADMIN_PASSWORD", "the-first-administrator");
    builder.environment().putAll(s3.environment());
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Process serve(Map<String, String> environment) throws IOException {
    Process process = java(environment, "registry.log", "--port", Integer.toString(port));
    String line = process.inputReader().readLine();
    assertThat(line).as(Files.readString(folder.resolve("registry.log"))).contains(" is ready: ");
    assertThat(line)
        .contains("storage: " + environment.getOrDefault("MDLIBS_STORAGE", "filesystem:"));
    return process;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private String logIn() throws Exception {
    HttpResponse<byte[]> answer =
        send(
            request("/api/v1/auth/login")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"username\":\"admin\",\"password\":\"the-first-administrator\"}")));
    assertThat(answer.statusCode())
        .as(text(answer) + Files.readString(folder.resolve("registry.log")))
        .isEqualTo(200);
    return text(answer).replaceFirst(".*\"token\":\"([^\"]+)\".*", "$1");
  }

  /** A gzipped tar with one file of less than a block. */
  private static byte[] archive(String content) throws IOException {
    byte[] tar = new byte[512 + 512 + 1024];
    fill(tar, 0, "notes.md");
    fill(tar, 100, "0000644\0" + "0000000\0" + "0000000\0");
    fill(tar, 124, "%011o\0".formatted(content.length()) + "00000000000\0" + " ".repeat(8) + "0");
    fill(tar, 257, "ustar\0" + "00");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += tar[i];
    }
    fill(tar, 148, "%06o\0 ".formatted(sum));
    fill(tar, 512, content);
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(tar);
    }
    return bytes.toByteArray();
  }

  private static void fill(byte[] tar, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, tar, offset, bytes.length);
  }

  private void publish(String token, String version, byte[] archive) throws Exception {
    var body = new ByteArrayOutputStream();
    for (String[] field : new String[][] {{"name", "notes"}, {"version", version}}) {
      body.writeBytes(
          "--cut\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(field[0], field[1])
              .getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes(
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.tar.gz\"\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(archive);
    body.writeBytes("\r\n--cut--\r\n".getBytes(StandardCharsets.US_ASCII));
    HttpResponse<byte[]> answer =
        send(
            request("/api/v1/libraries")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
  }

  /** Follows a download to the storage, with nothing but the URL. */
  private HttpResponse<byte[]> follow(HttpResponse<byte[]> redirect) throws Exception {
    assertThat(redirect.statusCode()).isEqualTo(307);
    assertThat(redirect.headers().firstValue("Cache-Control")).contains("no-store");
    String location = redirect.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(s3.address() + "archives/user/");
    return send(HttpRequest.newBuilder(URI.create(location)));
  }

  private List<String> copy() throws Exception {
    Process process =
        java(
            Map.of(),
            "copy.log",
            "storage",
            "copy",
            "--from",
            "filesystem:" + folder.resolve("home/storage"),
            "--to",
            "s3://archives");
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("copy.log"))).isZero();
    assertThat(folder.resolve("copy.log")).isEmptyFile();
    return lines;
  }

  @Test
  void moves_its_archives_and_leads_downloads_to_them() throws Exception {
    byte[] first = archive("# One");
    Process onFiles = serve(Map.of());
    publish(logIn(), "1.0.0", first);
    assertThat(send(request(DOWNLOAD)).body()).isEqualTo(first);
    onFiles.toHandle().destroy();
    onFiles.waitFor();

    assertThat(copy()).hasSize(2).last().asString().contains("\"copied\":1,\"present\":0");
    assertThat(copy()).singleElement().asString().contains("\"copied\":0,\"present\":1");

    serve(Map.of("MDLIBS_STORAGE", "s3://archives", "MDLIBS_S3_REDIRECT", "true"));
    int before = downloads();
    assertThat(follow(send(request(DOWNLOAD))).body()).isEqualTo(first);
    byte[] second = archive("# Two");
    publish(logIn(), "2.0.0", second);
    HttpResponse<byte[]> led = follow(send(request(DOWNLOAD.replace("1.0.0", "2.0.0"))));
    assertThat(led.body()).isEqualTo(second);
    assertThat(led.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"notes-2.0.0.tar.gz\"");

    HttpResponse<byte[]> head = send(request(DOWNLOAD).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(first.length);
    String etag = head.headers().firstValue("ETag").orElseThrow();
    assertThat(send(request(DOWNLOAD).header("If-None-Match", etag)).statusCode()).isEqualTo(304);
    assertThat(send(request(DOWNLOAD.replace("1.0.0", "3.0.0"))).statusCode()).isEqualTo(404);
    assertThat(send(request(DOWNLOAD).header("Authorization", "Bearer x")).statusCode())
        .isEqualTo(401);
    // What was led counts, what was refused does not; counts are written every few seconds.
    for (int i = 0; i < 60 && downloads() < before + 2; i++) {
      Thread.sleep(500);
    }
    assertThat(downloads()).isEqualTo(before + 2);
  }

  private int downloads() throws Exception {
    String library = text(send(request("/api/v1/libraries/admin/notes")));
    return Integer.parseInt(library.replaceFirst(".*\"total_downloads\":([0-9]+).*", "$1"));
  }
}
