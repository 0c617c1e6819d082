package org.mdlibs.cli;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mdlibs.cli.Http.Answer;

/** Accounts, logging in, and tokens, typed. */
final class AccountApi extends Api {
  AccountApi(Http http) {
    super(http);
  }

  /** A token and the user it speaks for. */
  record Login(String token, String username, String expiresAt) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Login of " + username;
    }
  }

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
      return login(Json.read(answer, 200));
    }
  }

  private static Login login(JsonObject json) {
    return new Login(
        Json.required(json, "token"),
        Json.required(Json.object(json, "user"), "username"),
        Json.text(json, "expires_at"));
  }

  /**
   * What a terminal needs to be let in by a person elsewhere (RFC 8628).
   *
   * @param code what it asks with, a secret
   * @param userCode what it shows
   * @param page where that is typed in
   * @param completePage the same with the code filled in, or null
   * @param life until when the code is good
   * @param interval between two questions
   */
  record Device(
      String code,
      String userCode,
      String page,
      String completePage,
      Duration life,
      Duration interval) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Device " + userCode;
    }
  }

  /** {@code POST /auth/device}. */
  Device startDevice(String clientName, List<String> scopes) {
    var body = new JsonObject();
    body.addProperty("client_name", clientName);
    body.add("scopes", Json.array(scopes));
    try (Answer answer = send("POST", "/auth/device", new JsonBody(body))) {
      if (answer.status() == 404 || answer.status() == 405) {
        throw new Failure(
            ExitCode.FAILED,
            registry() + " knows no login by another device.",
            "Log in with a password: mdlibs login");
      }
      JsonObject json = Json.read(answer, 200);
      return new Device(
          Json.required(json, "device_code"),
          Json.required(json, "user_code"),
          Json.required(json, "verification_uri"),
          Json.text(json, "verification_uri_complete"),
          seconds(json, "expires_in", 600, 3600),
          seconds(json, "interval", 5, 60));
    }
  }

  private static Duration seconds(JsonObject json, String name, long otherwise, long most) {
    long value = Json.number(json, name);
    return Duration.ofSeconds(value < 1 ? otherwise : Math.min(value, most));
  }

  /**
   * {@code POST /auth/device/token}, one question.
   *
   * @param refusal the problem's {@code code} when the terminal is not let in, or not yet
   */
  record DeviceAnswer(Login login, String refusal) {}

  /** Asks whether a person has let the device in. */
  DeviceAnswer askDevice(Device device) {
    var body = new JsonObject();
    body.addProperty("device_code", device.code());
    try (Answer answer = send("POST", "/auth/device/token", new JsonBody(body))) {
      if (answer.status() == 429) {
        return new DeviceAnswer(null, DeviceLogin.SLOW_DOWN);
      }
      if (answer.status() == 400) {
        Problem problem = Problem.of(answer);
        if (DeviceLogin.REFUSALS.contains(problem.code())) {
          return new DeviceAnswer(null, problem.code());
        }
        throw problem.failure();
      }
      return new DeviceAnswer(login(Json.read(answer, 200)), null);
    }
  }

  /** An API token; the secret is told this once. */
  record ApiToken(String token, String id, List<String> scopes, String expiresAt) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "API token " + id;
    }
  }

  /** {@code POST /auth/tokens}; empty when this version of the registry has no API tokens. */
  Optional<ApiToken> createToken(String name, int days, List<String> scopes) {
    try (Answer answer = send("POST", "/auth/tokens", tokenRequest(name, days, scopes))) {
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

  /**
   * {@code POST /auth/tokens}; the answer as it is, with the secret.
   *
   * @param days or null for as long as the registry allows
   * @param scopes empty for the registry's choice
   */
  JsonObject newToken(String name, Integer days, List<String> scopes) {
    return send("POST", "/auth/tokens", tokenRequest(name, days, scopes), 201);
  }

  private static JsonBody tokenRequest(String name, Integer days, List<String> scopes) {
    var body = new JsonObject();
    body.addProperty("name", name);
    if (days != null) {
      body.addProperty("expires_in_days", days);
    }
    if (!scopes.isEmpty()) {
      body.add("scopes", Json.array(scopes));
    }
    return new JsonBody(body);
  }

  /** {@code GET /auth/tokens}; the answer as it is. */
  JsonObject tokens() {
    return send("GET", "/auth/tokens", null, 200);
  }

  /** {@code DELETE /auth/tokens/{id}}. */
  void revokeToken(String id) {
    send("DELETE", "/auth/tokens/" + encode(id), null, 204);
  }

  /**
   * {@code POST /auth/logout}: the token that this call carries, of whichever kind, is dead
   * afterwards; that it was so before is no failure.
   */
  void logout() {
    try (Answer answer = send("POST", "/auth/logout", new JsonBody(new JsonObject()))) {
      if (answer.status() != 401) {
        Json.read(answer, 204);
      }
    }
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
}
