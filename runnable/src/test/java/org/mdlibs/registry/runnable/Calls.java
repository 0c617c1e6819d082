package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of one server, by the first administrator once he is logged in. */
final class Calls {
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
  private static final String BOUNDARY = "boundary";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final KilledServer server;
  private String token = "";

  Calls(KilledServer server) {
    this.server = server;
  }

  /** Logs in, and says who calls from now on. */
  Calls login() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request("/api/v1/auth/login")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"username\":\"admin\",\"password\":\""
                            + KilledServer.PASSWORD
                            + "\"}")));
    Matcher found = TOKEN.matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    token = found.group(1);
    return this;
  }

  /** What proves that it is him. */
  String token() {
    return token;
  }

  /** The same caller, with the same token, at another node. */
  Calls at(KilledServer other) {
    var calls = new Calls(other);
    calls.token = token;
    return calls;
  }

  HttpRequest.Builder request(String path) {
    String url = "http://127.0.0.1:" + server.port() + path;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** Waits until a path is answered with a status. */
  void await(String path, int status) throws IOException, InterruptedException {
    while (get(path).statusCode() != status) {
      Thread.sleep(20);
    }
  }

  /** Publishes {@code @admin/notes@1.0.0}. */
  void publishNotes() throws IOException, InterruptedException {
    String form =
        field("name", "notes")
            + field("version", "1.0.0")
            + field("description", "What we know.")
            + field("tags", "notes")
            + "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.tar.gz\"\r\n\r\n";
    HttpResponse<String> answer =
        send(
            request("/api/v1/libraries")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(
                    HttpRequest.BodyPublishers.concat(
                        BodyPublishers.ofString(form),
                        BodyPublishers.ofByteArray(CrashWorkers.archive(new Random(1))),
                        BodyPublishers.ofString(
                            "\r\n--" + BOUNDARY + "--\r\n", StandardCharsets.US_ASCII))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static String field(String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, value);
  }
}
