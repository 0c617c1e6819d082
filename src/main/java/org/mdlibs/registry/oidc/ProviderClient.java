package org.mdlibs.registry.oidc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Speaks JSON over HTTP with the provider, with a bound on how long that may take. */
@ApplicationScoped
public class ProviderClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final JsonProvider JSON = JsonProvider.provider();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * What the provider answered.
   *
   * @param body the JSON object
   */
  record Reply(int status, JsonObject body) {}

  /** Gets a document. */
  Reply get(URI uri, String... headers) throws IOException {
    var request = HttpRequest.newBuilder(uri).header("Accept", "application/json").GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Posts a form. */
  Reply post(URI uri, Map<String, String> form, String... headers) throws IOException {
    String body =
        form.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Reply send(HttpRequest.Builder request) throws IOException {
    CompletableFuture<HttpResponse<String>> sent =
        http.sendAsync(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    try {
      // The request's own timeout ends with the headers; this one covers the body too.
      HttpResponse<String> response = sent.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), parse(response.body()));
    } catch (ExecutionException e) {
      throw new IOException("the provider cannot be reached: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException("the provider takes longer than " + TIMEOUT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What is no JSON object, as an error page is not, counts as an empty one. */
  private static JsonObject parse(String body) {
    try (var reader = JSON.createReader(new StringReader(body))) {
      return reader.readObject();
    } catch (JsonException e) {
      return JsonObject.EMPTY_JSON_OBJECT;
    }
  }
}
