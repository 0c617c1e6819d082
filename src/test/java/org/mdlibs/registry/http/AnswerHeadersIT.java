package org.mdlibs.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class AnswerHeadersIT {
  private static final String STRANGER = "https://evil.example";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final RegistryClient client;

  AnswerHeadersIT(RegistryClient client) {
    this.client = client;
  }

  private Answer preflight(String origin, String path, String method) {
    return client.send(
        client
            .request(path)
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private static List<String> words(Answer answer, String header) {
    return answer.headers(header).stream()
        .flatMap(line -> Arrays.stream(line.split(", *", -1)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/users/me",
        "/api/v1/libraries",
        "/api/v1/libraries/ann/notes/1.0.0/download",
        "/api/v1/no/such/path",
        "/health"
      })
  void answers_a_preflight_without_credentials_whatever_it_is_about(String path) {
    for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
      Answer answer = preflight(RegistryServer.FRIEND, path, method).is(204);
      assertThat(answer.header(ALLOW_ORIGIN)).contains(RegistryServer.FRIEND);
      assertThat(answer.header("Access-Control-Allow-Credentials")).contains("true");
      assertThat(words(answer, "Access-Control-Allow-Methods")).contains(method);
      assertThat(words(answer, "Access-Control-Allow-Headers"))
          .contains("Authorization", "Content-Type", "If-None-Match", "Range", "X-CSRF-Token");
      assertThat(words(answer, "Vary")).contains("Origin");
    }
  }

  @Test
  void lets_pages_of_no_other_site_read() {
    assertThat(preflight(STRANGER, "/api/v1/users/me", "GET").header(ALLOW_ORIGIN)).isEmpty();
    Answer answer = client.get("/libraries", "Origin", STRANGER).is(200);
    assertThat(answer.header(ALLOW_ORIGIN)).isEmpty();
    assertThat(words(answer, "Vary")).contains("Origin", "Authorization");
    assertThat(words(client.get("/libraries").is(200), "Vary")).contains("Origin");
  }

  @Test
  void lets_pages_of_a_friend_read_answers_and_refusals() {
    RegistryClient forger = client.withToken("mdl_forged");
    for (Answer answer :
        List.of(
            client.get("/libraries", "Origin", RegistryServer.FRIEND).is(200),
            client.get("/libraries/a/b", "Origin", RegistryServer.FRIEND).is(404),
            client.get("/libraries/aa/bbb/1.0.0/download", "Origin", RegistryServer.FRIEND).is(404),
            client.get("/users/me", "Origin", RegistryServer.FRIEND).is(401),
            forger.get("/users/me", "Origin", RegistryServer.FRIEND).is(401))) {
      assertThat(answer.header(ALLOW_ORIGIN)).contains(RegistryServer.FRIEND);
      assertThat(words(answer, "Access-Control-Expose-Headers"))
          .contains(
              "ETag",
              "Link",
              "Location",
              "RateLimit-Remaining",
              "Retry-After",
              "X-Request-Id",
              "Content-Disposition",
              "Repr-Digest");
      assertThat(words(answer, "Vary")).contains("Origin");
    }
  }

  @Test
  void makes_browsers_careful_with_every_answer() {
    RegistryClient forger = client.withToken("mdl_forged");
    Stream.of(
            client.get("/libraries"),
            client.get("/libraries/a/b"),
            client.get("/libraries/aa/bbb/1.0.0/download"),
            client.send(client.request("/no/such/path")),
            client.send(client.request("/health")),
            client.send(client.request("/.well-known/jwks.json")),
            forger.get("/users/me"))
        .forEach(
            answer -> {
              assertThat(answer.header("Content-Security-Policy"))
                  .contains("default-src 'none'; frame-ancestors 'none'");
              isCareful(answer);
            });
    Answer page = client.send(client.request("/device/")).is(200);
    assertThat(page.header("Content-Security-Policy").orElse(""))
        .contains("script-src 'self'", "frame-ancestors 'none'");
    isCareful(page);
  }

  private static void isCareful(Answer answer) {
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.header("X-Frame-Options")).contains("DENY");
    assertThat(answer.headers("Content-Security-Policy")).hasSize(1);
    assertThat(answer.header("Server").orElse("mdlibs")).isEqualTo("mdlibs");
    assertThat(answer.header("X-Powered-By")).isEmpty();
    // Its URL is http.
    assertThat(answer.header("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void refuses_a_large_body_also_when_nobody_tells_how_large_it_is() {
    byte[] body =
        ("{\"username\":\"" + "a".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.US_ASCII);
    client
        .send(
            client
                .request("/api/v1/auth/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
        .isProblem(413, "BODY_TOO_LARGE");
  }
}
