package org.mdlibs.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the registry answered. */
public final class Answer {
  private final HttpResponse<byte[]> response;

  Answer(HttpResponse<byte[]> response) {
    this.response = response;
  }

  /** The status. */
  public int status() {
    return response.statusCode();
  }

  /** A header, empty when there is none. */
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** All values of a header. */
  public List<String> headers(String name) {
    return response.headers().allValues(name);
  }

  /** All headers, by their names in lower case. */
  public Map<String, List<String>> allHeaders() {
    return response.headers().map();
  }

  /** The body. */
  public byte[] bytes() {
    return response.body();
  }

  /** The body as text. */
  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The body as a JSON object. */
  public JsonObject json() {
    try (var reader = Json.createReader(new StringReader(text()))) {
      return reader.readObject();
    } catch (RuntimeException e) {
      throw new AssertionError("no JSON object, but " + status() + " " + text(), e);
    }
  }

  /** A text of the JSON object. */
  public String string(String member) {
    return json().getString(member);
  }

  /** The names of the libraries that a search found, in order. */
  public List<String> names() {
    return json().getJsonArray("libraries").getValuesAs(JsonObject.class).stream()
        .map(library -> library.getString("name"))
        .toList();
  }

  /** Asserts the status. */
  public Answer is(int status) {
    assertThat(status()).as(text()).isEqualTo(status);
    return this;
  }

  /**
   * Asserts a problem as RFC 9457 and the contract shape it, and that it tells nothing of the
   * server's insides.
   */
  public Answer isProblem(int status, String code) {
    is(status);
    assertThat(header("Content-Type")).contains("application/problem+json");
    JsonObject problem = json();
    assertThat(problem.getString("code")).as(text()).isEqualTo(code);
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("type"))
        .isEqualTo("urn:mdlibs:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(header("X-Request-Id")).contains(problem.getString("instance"));
    assertThat(text())
        .doesNotContainIgnoringCase("exception")
        .doesNotContainIgnoringCase("select ")
        .doesNotContain("org.", "/home-", "java.");
    assertThat(header("Server").orElse("")).doesNotContain("Payara");
    if (status == 401) {
      assertThat(header("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }
    return this;
  }

  /** Asserts which fields an invalid input names. */
  public Answer hasFaults(String... fields) {
    JsonArray errors = json().getOrDefault("errors", JsonValue.EMPTY_JSON_ARRAY).asJsonArray();
    assertThat(errors.getValuesAs(JsonObject.class).stream().map(e -> e.getString("field")))
        .as(text())
        .containsExactlyInAnyOrder(fields);
    return this;
  }
}
