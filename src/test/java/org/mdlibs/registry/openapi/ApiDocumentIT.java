package org.mdlibs.registry.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class ApiDocumentIT {
  private final RegistryClient client;

  ApiDocumentIT(RegistryClient client) {
    this.client = client;
  }

  private Answer get(String path, String... headers) {
    var request = client.request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.GET());
  }

  @Test
  void is_what_the_build_made() throws Exception {
    Path yaml = Path.of(System.getProperty("registry.openapi"));
    Answer answer = get("/openapi").is(200);
    assertThat(answer.text()).isEqualTo(Files.readString(yaml));
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/yaml");
    assertThat(get("/openapi", "Accept", "application/json").is(200).text())
        .isEqualTo(Files.readString(yaml.resolveSibling("openapi.json")));
  }

  @Test
  void comes_in_the_form_that_is_asked_for() {
    assertThat(get("/openapi?format=json").is(200).json().getString("openapi")).startsWith("3.0");
    assertThat(get("/openapi?format=yaml", "Accept", "application/json").is(200).text())
        .contains("openapi: 3.0");
    get("/openapi?format=xml").isProblem(400, "INVALID_INPUT");
    get("/openapi", "Accept", "text/html").isProblem(406, "NOT_ACCEPTABLE");
  }

  @Test
  void is_asked_for_again_by_its_tag() {
    Answer first = get("/openapi").is(200);
    String etag = first.header("ETag").orElseThrow();
    assertThat(get("/openapi", "If-None-Match", etag).is(304).bytes()).isEmpty();
    assertThat(get("/openapi?format=json").header("ETag")).isPresent().isNotEqualTo(etag);
    Answer head =
        client.send(client.request("/openapi").method("HEAD", BodyPublishers.noBody())).is(200);
    assertThat(head.header("ETag")).contains(etag);
    assertThat(head.header("Content-Length")).isEqualTo(first.header("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "index.html", "docs.js", "swagger-ui.css", "swagger-ui-bundle.js"})
  void its_page_is_whole_and_alone(String file) {
    Answer answer = get("/docs/" + file).is(200);
    assertThat(answer.header("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void people_find_its_page() {
    assertThat(get("/docs").is(302).header("Location")).contains("docs/");
    assertThat(get("/docs/").text()).doesNotContain("http://", "https://");
  }
}
