package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running jar writes to stderr, whatever its clients send. */
final class LogIT {
  private static final String API = "/api/v1";
  private static final String BOUNDARY = "log-boundary";
  private static final String SECRET = "secret-of-a-query";
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  /** Ends of lines, escapes for terminals, NUL, what turns the writing, half a character. */
  private static final String HOSTILE =
      "a\n2026-01-01T00:00:00.000Z ERROR forged\r{\"level\":\"ERROR\"}\u001b[31m\u0000\u0085\u2028"
          + "\u202e\ud83d\"\\";

  @TempDir private Path home;
  private KilledServer server;
  private int requests;

  @AfterEach
  void no_process_is_left() {
    server.kill();
  }

  private void start(Map<String, String> environment) throws IOException {
    server = new KilledServer(home, environment);
    server.start();
  }

  /** Sends a request byte by byte as it is: clients of Java would refuse to. */
  private String send(String method, String path, String headers, byte[] body) throws IOException {
    URI uri = URI.create(server.api(""));
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      var request = new ByteArrayOutputStream();
      request.writeBytes(
          (method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers)
              .getBytes(StandardCharsets.UTF_8));
      request.writeBytes(
          ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      request.writeBytes(body);
      socket.getOutputStream().write(request.toByteArray());
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // The server refuses some by itself, before the registry knows of them.
      if (answer.contains("X-Request-Id: ")) {
        requests++;
      }
      return answer;
    }
  }

  private String get(String path, String headers) throws IOException {
    return send("GET", path, headers, new byte[0]);
  }

  private String sendJson(String method, String path, String headers, JsonObject json)
      throws IOException {
    return send(
        method,
        API + path,
        headers + "Content-Type: application/json\r\n",
        json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private String login() throws IOException {
    String answer =
        sendJson(
            "POST",
            "/auth/login",
            "X-Request-Id: the-login\r\n",
            Json.createObjectBuilder()
                .add("username", "admin")
                .add("password", KilledServer.PASSWORD)
                .build());
    Matcher token = TOKEN.matcher(answer);
    assertThat(token.find()).as(answer).isTrue();
    return token.group(1);
  }

  /** A client sends what it likes wherever it may. */
  private void attack(String token) throws IOException {
    String bearer = "Authorization: Bearer " + token + "\r\n";
    get(API + "/libraries/a%0Ab%1B%5B31m%0D/c%00%E2%80%A8%ED%A0%BD?token=" + SECRET, "");
    get("/%0A%1B%5B31m?password=" + SECRET, "");
    get(API + "/libraries?q=%0A%1B%00" + SECRET, "User-Agent: \u001b[31mx\r\n");
    get(API + "/libraries", "X-Request-Id: \u001b[31mforged\r\n");
    get(API + "/libraries", "X-Forwarded-For: \u001b[31mforged, \"x\r\n");
    get(API + "/libraries", "Authorization: Bearer \u001b[31m" + SECRET + "\r\n");
    send("BR\u00c4W", API + "/libraries", "", new byte[0]);
    JsonObject person =
        Json.createObjectBuilder()
            .add("username", HOSTILE)
            .add("email", HOSTILE)
            .add("password", SECRET)
            .build();
    sendJson("POST", "/auth/login", "", person);
    sendJson("POST", "/auth/register", "", person);
    send("POST", API + "/libraries", bearer + form(), publication("forged", HOSTILE, HOSTILE));
    send("POST", API + "/libraries", bearer + form(), publication(HOSTILE, "x", "README.md"));
    get(API + "/libraries/a%0Ab%1B%5B31m%0D/c%E2%80%A8?token=" + SECRET, "");
    send("DELETE", API + "/libraries/admin/%0A%1B%5B31m/1.0.0", bearer, new byte[0]);
  }

  private static String form() {
    return "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n";
  }

  private static byte[] publication(String name, String description, String file)
      throws IOException {
    var archive = new ByteArrayOutputStream();
    try (var tar =
        new TarArchiveOutputStream(new GZIPOutputStream(archive), StandardCharsets.UTF_8.name())) {
      var entry = new TarArchiveEntry(file);
      byte[] text = "# Notes\n".getBytes(StandardCharsets.UTF_8);
      entry.setSize(text.length);
      tar.putArchiveEntry(entry);
      tar.write(text);
      tar.closeArchiveEntry();
    }
    var body = new ByteArrayOutputStream();
    part(body, "name=\"name\"", name.getBytes(StandardCharsets.UTF_8));
    part(body, "name=\"version\"", "1.0.0".getBytes(StandardCharsets.UTF_8));
    part(body, "name=\"description\"", description.getBytes(StandardCharsets.UTF_8));
    part(body, "name=\"file\"; filename=\"\u001b[31m.tar.gz\"", archive.toByteArray());
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
    body.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Stops the server; all that it wrote, but for what the stop itself asks it. */
  private String log() throws IOException, InterruptedException {
    server.stop();
    return Files.readString(home.resolve("stderr"))
        .lines()
        .filter(line -> !line.contains("GET /health/ready 503"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static JsonObject parse(String line) {
    assertThat(line).matches("[ -~]+");
    try (var reader = Json.createReader(new StringReader(line))) {
      JsonObject json = reader.readObject();
      assertThat(json).containsKeys("time", "level", "logger", "message");
      return json;
    }
  }

  private static List<JsonObject> of(List<JsonObject> lines, String logger) {
    return lines.stream().filter(line -> line.getString("logger").equals(logger)).toList();
  }

  @Test
  void is_an_object_a_line_that_nobody_forges() throws Exception {
    start(Map.of());
    String token = login();
    attack(token);
    send(
        "POST",
        API + "/libraries",
        "X-Request-Id: the-publication\r\nAuthorization: Bearer " + token + "\r\n" + form(),
        publication("notes", "Notes", "README.md"));
    String log = log();
    List<JsonObject> lines = log.lines().map(LogIT::parse).toList();
    assertThat(log).doesNotContain(SECRET, KilledServer.PASSWORD, token);
    List<JsonObject> access = of(lines, "mdlibs.access");
    assertThat(access).hasSize(requests).hasSizeGreaterThan(8);
    assertThat(access)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsKeys(
                        "request_id",
                        "method",
                        "path",
                        "status",
                        "duration_ms",
                        "bytes",
                        "address"));
    JsonObject last = access.get(access.size() - 1);
    assertThat(last.getString("path")).isEqualTo(API + "/libraries");
    assertThat(last.getString("user")).isEqualTo("admin");
    assertThat(last.getInt("status")).isEqualTo(201);
    assertThat(last.getString("request_id")).isEqualTo("the-publication");
    assertThat(of(lines, "org.mdlibs.registry.publish.Publishing"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getString("request_id")).isEqualTo("the-publication");
              assertThat(line.getString("user")).isEqualTo("admin");
            });
    assertThat(of(lines, "mdlibs.audit"))
        .filteredOn(line -> line.getString("request_id", "").equals("the-publication"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.getJsonObject("audit").getString("target"))
                    .isEqualTo("@admin/notes@1.0.0"));
  }

  @Test
  void is_a_line_of_text_that_nobody_forges() throws Exception {
    start(Map.of("MDLIBS_LOG_FORMAT", "text"));
    attack(login());
    List<String> lines = log().lines().toList();
    assertThat(lines)
        .hasSizeGreaterThan(requests)
        .allSatisfy(
            line -> {
              assertThat(line)
                  .matches("(\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z (ERROR|WARN|INFO) [a-z]|\t).*");
              assertThat(line.substring(1)).doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*");
              assertThat(line).doesNotContain(SECRET);
            });
    assertThat(lines).filteredOn(line -> line.contains(" mdlibs.access ")).hasSize(requests);
  }

  @Test
  void has_the_level_of_the_settings_until_an_administrator_sets_another() throws Exception {
    start(Map.of("MDLIBS_LOG_LEVEL", "WARN"));
    String token = login();
    String bearer = "Authorization: Bearer " + token + "\r\n";
    JsonObject info =
        Json.createObjectBuilder().add("level", "INFO").add("logger", "mdlibs.access").build();
    assertThat(sendJson("PUT", "/admin/log-level", bearer, info)).contains(" 200 ");
    get(API + "/libraries", "X-Request-Id: the-one\r\n");
    List<JsonObject> lines = log().lines().map(LogIT::parse).toList();
    // The change itself is told once it has been made.
    assertThat(of(lines, "mdlibs.access"))
        .extracting(line -> line.getString("path"))
        .containsExactly(API + "/admin/log-level", API + "/libraries");
    assertThat(of(lines, "mdlibs.audit"))
        .extracting(line -> line.getString("message"))
        .contains("user.login success", "log.level_changed success");
  }
}
