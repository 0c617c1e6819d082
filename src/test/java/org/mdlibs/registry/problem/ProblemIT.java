package org.mdlibs.registry.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class ProblemIT {
  private final RegistryClient client;

  ProblemIT(RegistryClient client) {
    this.client = client;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v1/nowhere",
        "/api/v2/libraries",
        "/api/v1/libraries/ann",
        "/api/v1/libraries/ann/notes/1.0.0/nothing",
        "/WEB-INF/web.xml",
        "/META-INF/persistence.xml"
      })
  void unknown_paths(String path) {
    client.send(client.request(path).GET()).isProblem(404, "NOT_FOUND");
  }

  @Test
  void methods_that_a_path_does_not_take() {
    Answer answer =
        client
            .send(client.request("/api/v1/libraries").method("DELETE", BodyPublishers.noBody()))
            .isProblem(405, "METHOD_NOT_ALLOWED");
    assertThat(answer.header("Allow").orElse("")).contains("GET").contains("POST");
    client.send(client.request("/api/v1/auth/login").GET()).isProblem(405, "METHOD_NOT_ALLOWED");
    client
        .send(
            client
                .request("/api/v1/libraries/a1/notes/1.0.0/download")
                .POST(BodyPublishers.noBody()))
        .isProblem(405, "METHOD_NOT_ALLOWED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "INVENTED"})
  void where_nothing_is_there_is_nothing_for_any_method(String method) {
    client
        .send(client.request("/nowhere").method(method, BodyPublishers.noBody()))
        .isProblem(404, "NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "INVENTED"})
  void encoded_slashes_in_paths(String method) {
    client
        .send(
            client
                .request("/api/v1/libraries/..%2F..%2Fetc/x")
                .method(method, BodyPublishers.noBody()))
        .isProblem(400, "BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs/", "/docs/docs.js", "/device/", "/health", "/openapi"})
  void what_is_only_read(String path) {
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
      Answer answer =
          client
              .send(client.request(path).method(method, BodyPublishers.noBody()))
              .isProblem(405, "METHOD_NOT_ALLOWED");
      assertThat(answer.header("Allow")).contains("GET, HEAD, OPTIONS");
    }
  }

  @Test
  void a_body_of_no_type() {
    client
        .send(client.request("/api/v1/auth/login").POST(BodyPublishers.noBody()))
        .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
    client
        .send(client.request("/api/v1/auth/login").POST(BodyPublishers.ofString("{}")))
        .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "\"text\"", "{\"username\":}", "{'a':1}"})
  void broken_json(String body) {
    client.post("/auth/login", body).isProblem(400, "MALFORMED_JSON");
  }

  @Test
  void json_that_is_nested_too_deep() {
    client.post("/auth/login", "[".repeat(30_000)).isProblem(400, "MALFORMED_JSON");
    client.post("/auth/login", "{\"a\":".repeat(10_000)).isProblem(400, "MALFORMED_JSON");
  }

  @Test
  void json_that_is_too_large() {
    client
        .post("/auth/login", "{\"username\":\"" + "a".repeat(70_000) + "\"}")
        .isProblem(413, "BODY_TOO_LARGE");
  }

  @Test
  void wrong_types_in_json() {
    client
        .post("/auth/login", "{\"username\":5,\"password\":[\"x\"]}")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("username", "password");
    client
        .post("/auth/register", "{\"username\":{},\"email\":true,\"password\":1.5}")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("username", "email", "password");
  }

  @Test
  void members_that_nobody_knows_are_ignored() {
    client
        .post("/auth/login", "{\"username\":\"nobody\",\"password\":\"x\",\"more\":[1]}")
        .isProblem(401, "INVALID_CREDENTIALS");
  }

  @Test
  void a_body_of_another_type() {
    client
        .send(
            client
                .request("/api/v1/auth/login")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("hello")))
        .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void a_form_of_answer_that_there_is_not() {
    client.get("/libraries", "Accept", "image/png").isProblem(406, "NOT_ACCEPTABLE");
  }

  @Test
  void a_write_may_be_answered_by_a_problem_alone() {
    RegistryClient user = client.newUser();
    String token = user.post("/auth/tokens", "{\"name\":\"t\"}").is(201).string("id");
    user.send(
            user.request("/api/v1/auth/tokens/" + token)
                .header("Accept", "application/problem+json")
                .DELETE())
        .is(204);
    user.get("/auth/tokens", "Accept", "application/problem+json").isProblem(406, "NOT_ACCEPTABLE");
  }

  @Test
  void the_id_of_a_request_comes_back() {
    assertThat(client.get("/libraries", "X-Request-Id", "my-id-1").header("X-Request-Id"))
        .contains("my-id-1");
    assertThat(
            client
                .get("/libraries", "X-Request-Id", "not <sane>")
                .header("X-Request-Id")
                .orElseThrow())
        .matches("[0-9a-f-]{36}");
  }

  @Test
  void every_answer_is_careful_with_browsers() {
    assertThat(client.get("/libraries").header("X-Content-Type-Options")).contains("nosniff");
    assertThat(client.get("/nowhere").header("X-Content-Type-Options")).contains("nosniff");
    assertThat(client.withToken("x").get("/libraries").header("X-Content-Type-Options"))
        .contains("nosniff");
  }
}
