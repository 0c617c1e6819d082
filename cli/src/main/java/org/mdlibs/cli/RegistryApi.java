package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.cli.Http.Answer;
import org.mdlibs.registry.name.Version;

/**
 * The REST contract of the registry, typed. Every method throws {@link Failure}: exit code 3 for
 * 401 and 403, 4 for 404 and 410, 6 when the registry cannot be had, 1 for other refusals.
 */
final class RegistryApi {
  private static final String ROOT = "/api/v1";
  private static final int PAGE = 100;

  private final Registry registry;
  private final Http http;

  RegistryApi(Registry registry, Http http) {
    this.registry = registry;
    this.http = http;
  }

  Registry registry() {
    return registry;
  }

  /** A token and the user it speaks for. */
  record Login(String token, String username, String expiresAt) {}

  /** {@code POST /auth/login}. */
  Login login(String username, String password) {
    var body = new JsonObject();
    body.addProperty("username", username);
    body.addProperty("password", password);
    try (Answer answer = send("POST", "/auth/login", new JsonBody(body))) {
      if (answer.status() == 401) {
        throw new Failure(
            ExitCode.DENIED,
            "The username or password is wrong.",
            "Try again; a new account is made with: mdlibs register");
      }
      JsonObject json = Json.read(answer, 200);
      JsonObject user = Json.object(json, "user");
      String name = Json.text(user, "username");
      return new Login(
          Json.required(json, "token"),
          name == null ? username : name,
          Json.text(json, "expires_at"));
    }
  }

  /** An API token; the secret is told this once. */
  record ApiToken(String token, String id, List<String> scopes, String expiresAt) {}

  /** {@code POST /auth/tokens}; empty when this version of the registry has no API tokens. */
  Optional<ApiToken> createToken(String name, int days, List<String> scopes) {
    var body = new JsonObject();
    body.addProperty("name", name);
    body.addProperty("expires_in_days", days);
    body.add("scopes", Json.array(scopes));
    try (Answer answer = send("POST", "/auth/tokens", new JsonBody(body))) {
      if (answer.status() == 404 || answer.status() == 405) {
        return Optional.empty();
      }
      JsonObject json = Json.read(answer, 201);
      List<String> given = Json.texts(json, "scopes");
      return Optional.of(
          new ApiToken(
              Json.required(json, "token"),
              Json.text(json, "id"),
              given.isEmpty() ? scopes : given,
              Json.text(json, "expires_at")));
    }
  }

  /** {@code DELETE /auth/tokens/{id}}. */
  void revokeToken(String id) {
    send("DELETE", "/auth/tokens/" + encode(id), null, 204);
  }

  /** {@code POST /auth/logout}: the token that this call carries is dead afterwards. */
  void logout() {
    send("POST", "/auth/logout", new JsonBody(new JsonObject()), 204);
  }

  /** {@code POST /auth/register}; the answer as it is. */
  JsonObject register(String username, String email, String password) {
    var body = new JsonObject();
    body.addProperty("username", username);
    body.addProperty("email", email);
    body.addProperty("password", password);
    return send("POST", "/auth/register", new JsonBody(body), 201);
  }

  /** {@code GET /users/me}; the answer as it is. */
  JsonObject me() {
    return send("GET", "/users/me", null, 200);
  }

  /**
   * {@code POST /libraries}; the answer as it is.
   *
   * @param dryRun asks for the verdict alone; nothing is stored
   */
  JsonObject publish(MultipartBody form, boolean dryRun) {
    return dryRun
        ? send("POST", "/libraries?dry_run=true", form, 200)
        : send("POST", "/libraries", form, 201);
  }

  /**
   * {@code GET /libraries}; the answer as it is.
   *
   * @param parameters name and value in turn; a null value is left out
   */
  JsonObject search(String... parameters) {
    var query = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      if (parameters[i + 1] != null) {
        query.append(query.length() == 0 ? '?' : '&');
        query.append(parameters[i]).append('=').append(encode(parameters[i + 1]));
      }
    }
    return send("GET", "/libraries" + query, null, 200);
  }

  /** {@code GET /libraries/{scope}/{name}}; the answer as it is. */
  JsonObject library(Reference reference) {
    return send("GET", path(reference), null, 200);
  }

  /** One version, and what its archive must be. */
  record VersionDetails(
      Version version, String checksum, long size, boolean yanked, JsonObject json) {}

  /** {@code GET /libraries/{scope}/{name}/{version}}; {@code latest} will do as a version. */
  VersionDetails version(Reference reference, String version) {
    JsonObject json = send("GET", path(reference) + "/" + encode(version), null, 200);
    String checksum = Json.required(json, "checksum");
    if (!checksum.matches("sha256:[0-9a-f]{64}")) {
      throw Json.unexpected("a checksum of another kind");
    }
    return new VersionDetails(
        version(Json.required(json, "version")),
        checksum,
        Json.number(json, "size"),
        Json.flag(json, "yanked"),
        json);
  }

  /** {@code GET /libraries/{scope}/{name}/versions}, all pages: those that were not yanked. */
  List<Version> versions(Reference reference) {
    var versions = new ArrayList<Version>();
    long total;
    int page = 1;
    do {
      JsonObject json =
          send("GET", path(reference) + "/versions?per_page=" + PAGE + "&page=" + page, null, 200);
      List<JsonObject> items = Json.objects(json, "versions");
      for (JsonObject item : items) {
        if (!Json.flag(item, "yanked")) {
          versions.add(version(Json.required(item, "version")));
        }
      }
      total = items.isEmpty() ? 0 : Json.number(json, "total");
      page++;
    } while ((long) (page - 1) * PAGE < total);
    return versions;
  }

  private static Version version(String text) {
    try {
      return Version.parse(text);
    } catch (IllegalArgumentException e) {
      throw Json.unexpected("a version that is none");
    }
  }

  /** {@code GET …/download}: the archive's bytes; the caller closes the answer. */
  Answer download(Reference reference, Version version) {
    Answer answer =
        http.send(
            "GET",
            ROOT + path(reference) + "/" + encode(version.toString()) + "/download",
            Map.of("Accept", "application/gzip, application/problem+json"),
            null);
    if (answer.status() != 200) {
      try (answer) {
        throw Problem.failure(answer);
      }
    }
    return answer;
  }

  /** A download whose connection broke, which is worth another attempt. */
  static final class CutOff extends Exception {
    private static final long serialVersionUID = 1L;

    CutOff(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reads from a download, so that a broken connection is told from a broken disk. */
  static int read(InputStream body, byte[] buffer) throws CutOff {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new CutOff(e.getMessage(), e);
    }
  }

  private static String path(Reference reference) {
    return "/libraries/" + reference.scope() + "/" + reference.name();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private JsonObject send(String method, String path, Http.Body body, int expected) {
    try (Answer answer = send(method, path, body)) {
      return Json.read(answer, expected);
    }
  }

  private Answer send(String method, String path, Http.Body body) {
    return http.send(
        method, ROOT + path, Map.of("Accept", "application/json, application/problem+json"), body);
  }
}
