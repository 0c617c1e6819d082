package org.mdlibs.registry.testing;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Keeps the registry's cookies from one request to the next; follows no redirect by itself. */
public final class Browser {
  private final RegistryClient client;
  private final Map<String, String> cookies = new TreeMap<>();

  /**
   * A browser without cookies.
   *
   * @param client without a token
   */
  public Browser(RegistryClient client) {
    this.client = client;
  }

  /** The value of a cookie, or null. */
  public String cookie(String name) {
    return cookies.get(name);
  }

  /** Changes a cookie. */
  public Browser set(String name, String value) {
    cookies.put(name, value);
    return this;
  }

  /** Another browser with the same cookies. */
  public Browser copy() {
    var copy = new Browser(client);
    copy.cookies.putAll(cookies);
    return copy;
  }

  /** Gets a path of the interface. */
  public Answer get(String path, String... headers) {
    return go(RegistryClient.API + path, headers);
  }

  /** Gets a path of the server. */
  public Answer go(String path, String... headers) {
    return send(client.request(path).GET(), headers);
  }

  /** Gets an absolute URL of the server, as a redirect gives one. */
  public Answer follow(String url, String... headers) {
    URI uri = URI.create(url);
    return go(
        uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()), headers);
  }

  /** Posts JSON, without a proof that a page did it. */
  public Answer post(String path, String json, String... headers) {
    return send(
        client
            .request(RegistryClient.API + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)),
        headers);
  }

  /** Posts JSON as a page's script does. */
  public Answer postFromPage(String path, String json, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "X-CSRF-Token";
    all[headers.length + 1] = cookies.getOrDefault("mdlibs_csrf", "none");
    return post(path, json, all);
  }

  private Answer send(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    Answer answer = client.send(request);
    answer.headers("Set-Cookie").forEach(this::keep);
    return answer;
  }

  private void keep(String setCookie) {
    String pair = setCookie.split(";", -1)[0];
    String name = pair.substring(0, pair.indexOf('='));
    if (setCookie.contains("Max-Age=0;")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(pair.indexOf('=') + 1));
    }
  }
}
