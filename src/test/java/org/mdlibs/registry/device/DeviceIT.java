package org.mdlibs.registry.device;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.DeviceCodes;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class DeviceIT {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String YES = "{\"approve\":true}";
  private static final String NO = "{\"approve\":false}";

  private final RegistryClient client;
  private final RegistryServer server;

  DeviceIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  /** A device that has its codes. */
  private final class Device {
    private final Answer codes =
        client.post(
            "/auth/device",
            "{\"client_name\":\"mdlibs on host\",\"scopes\":[\"publish\",\"read\"]}");

    private String shown() {
      return codes.is(200).string("user_code");
    }

    private Answer ask() {
      return client.post(
          "/auth/device/token",
          Json.createObjectBuilder()
              .add("device_code", codes.string("device_code"))
              .add("grant_type", GRANT)
              .build()
              .toString());
    }

    private void waitForTheInterval() {
      change("polled_at = null");
    }

    private void change(String assignment) {
      server.execute(
          "update device_requests set " + assignment + " where user_code_hash = ?",
          DeviceCodes.hash(shown()));
    }

    private String path() {
      return "/auth/device/" + shown();
    }
  }

  @Test
  void gives_codes() {
    Device device = new Device();
    assertThat(device.shown()).matches("[B-Z]{4}-[B-Z]{4}");
    assertThat(device.codes.header("Cache-Control")).contains("no-store");
    assertThat(device.codes.string("device_code")).hasSize(43);
    assertThat(device.codes.json().getInt("expires_in")).isEqualTo(600);
    assertThat(device.codes.json().getInt("interval")).isEqualTo(5);
    String page = server.uri("/device").toString();
    assertThat(device.codes.string("verification_uri")).isEqualTo(page);
    assertThat(device.codes.string("verification_uri_complete"))
        .isEqualTo(page + "?user_code=" + device.shown());
    assertThat(
            server.count(
                "select count(*) from device_requests where client_name = ?", device.shown()))
        .isZero();
  }

  @Test
  void lets_a_confirmed_device_in_once() {
    RegistryClient ann = client.newUser();
    Device device = new Device();
    device.ask().isProblem(400, "AUTHORIZATION_PENDING");
    Answer seen = ann.get(device.path().toLowerCase(java.util.Locale.ROOT)).is(200);
    assertThat(seen.string("client_name")).isEqualTo("mdlibs on host");
    assertThat(seen.string("address")).isNotBlank();
    assertThat(seen.string("user_code")).isEqualTo(device.shown());
    assertThat(seen.json().getJsonArray("scopes").toString()).isEqualTo("[\"read\",\"publish\"]");
    ann.post(device.path(), YES).is(204);
    device.waitForTheInterval();
    Answer in = device.ask().is(200);
    assertThat(in.string("token_type")).isEqualTo("Bearer");
    assertThat(in.header("Cache-Control")).contains("no-store");
    assertThat(in.json().getJsonObject("user").getString("username")).isEqualTo(ann.username());
    assertThat(client.withToken(in.string("token")).get("/users/me").is(200).string("username"))
        .isEqualTo(ann.username());
    device.ask().isProblem(400, "INVALID_GRANT");
    client.newUser().get(device.path()).isProblem(404, "DEVICE_NOT_FOUND");
    assertThat(
            server.count(
                "select count(*) from audit_events where actor = ? and action = 'user.login'"
                    + " and detail = 'device: mdlibs on host'",
                ann.username()))
        .isEqualTo(1);
  }

  @Test
  void a_new_password_denies_what_an_older_login_confirmed() {
    RegistryClient ann = client.newUser();
    Device device = new Device();
    ann.post(device.path(), YES).is(204);
    ann.put(
            "/users/me/password",
            "{\"current_password\":\"%s\",\"new_password\":\"a better password of mine\"}"
                .formatted(RegistryClient.PASSWORD))
        .is(204);
    device.ask().isProblem(400, "ACCESS_DENIED");
  }

  @Test
  void tells_a_hasty_device_to_slow_down() {
    Device device = new Device();
    device.ask().isProblem(400, "AUTHORIZATION_PENDING");
    Answer hasty = device.ask().isProblem(400, "SLOW_DOWN");
    assertThat(hasty.string("error")).isEqualTo("slow_down");
    client.newUser().post(device.path(), YES).is(204);
    device.ask().isProblem(400, "SLOW_DOWN");
    assertThat(
            server.count(
                "select interval_seconds from device_requests where user_code_hash = ?",
                DeviceCodes.hash(device.shown())))
        .isEqualTo(15);
    device.waitForTheInterval();
    device.ask().is(200);
  }

  @Test
  void turns_a_denied_device_away() {
    RegistryClient ann = client.newUser();
    Device device = new Device();
    ann.post(device.path(), NO).is(204);
    Answer denied = device.ask().isProblem(400, "ACCESS_DENIED");
    assertThat(denied.string("error")).isEqualTo("access_denied");
    ann.post(device.path(), YES).isProblem(404, "DEVICE_NOT_FOUND");
    device.waitForTheInterval();
    device.ask().isProblem(400, "ACCESS_DENIED");
  }

  @Test
  void forgets_what_nobody_confirmed_in_time() {
    RegistryClient ann = client.newUser();
    Device device = new Device();
    device.change("expires_at = created_at");
    device.ask().isProblem(400, "EXPIRED_TOKEN");
    ann.get(device.path()).isProblem(404, "DEVICE_NOT_FOUND");
    Device approved = new Device();
    ann.post(approved.path(), YES).is(204);
    approved.change("expires_at = created_at");
    approved.ask().isProblem(400, "EXPIRED_TOKEN");
  }

  @Test
  void lets_no_device_in_as_a_suspended_user() {
    RegistryClient ann = client.newUser();
    Device device = new Device();
    ann.post(device.path(), YES).is(204);
    server.execute("update users set suspended = true where username = ?", ann.username());
    device.ask().isProblem(400, "ACCESS_DENIED");
  }

  @Test
  void wants_a_person() {
    Device device = new Device();
    client.get(device.path()).isProblem(401, "AUTHENTICATION_REQUIRED");
    client.post(device.path(), YES).isProblem(401, "AUTHENTICATION_REQUIRED");
    client.newUser().post(device.path(), "{}").isProblem(400, "INVALID_INPUT").hasFaults("approve");
    device.ask().isProblem(400, "AUTHORIZATION_PENDING");
  }

  @Test
  void stops_whoever_guesses() {
    RegistryClient guesser = client.newUser();
    for (int i = 0; i < 10; i++) {
      guesser.get("/auth/device/BCDF-GHJK").isProblem(404, "DEVICE_NOT_FOUND");
    }
    Device device = new Device();
    guesser.get(device.path()).isProblem(429, "TOO_MANY_REQUESTS");
    guesser.post(device.path(), YES).isProblem(429, "TOO_MANY_REQUESTS");
    client.newUser().get(device.path()).is(200);
  }

  @Test
  void refuses_codes_and_inputs_that_are_none() {
    client.newUser().get("/auth/device/nonsense").isProblem(404, "DEVICE_NOT_FOUND");
    client
        .post("/auth/device/token", "{\"device_code\":\"nonsense\"}")
        .isProblem(400, "INVALID_GRANT");
    client
        .post("/auth/device/token", "{\"grant_type\":\"password\"}")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("device_code", "grant_type");
    client
        .post("/auth/device", "{\"client_name\":\"a\u202Eb\",\"scopes\":[\"everything\"]}")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("client_name", "scopes");
  }

  @Test
  void speaks_the_forms_of_the_standard() {
    Answer codes =
        client
            .send(form("/auth/device", "client_id=another%20client&scope=read%20publish"))
            .is(200);
    Answer pending =
        client.send(
            form(
                "/auth/device/token",
                "grant_type=" + GRANT + "&device_code=" + codes.string("device_code")));
    pending.isProblem(400, "AUTHORIZATION_PENDING");
    assertThat(pending.string("error")).isEqualTo("authorization_pending");
    assertThat(
            client
                .newUser()
                .get("/auth/device/" + codes.string("user_code"))
                .is(200)
                .string("client_name"))
        .isEqualTo("another client");
  }

  private java.net.http.HttpRequest.Builder form(String path, String body) {
    return client
        .request(RegistryClient.API + path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
  }

  @Test
  void shows_a_page_that_runs_no_script_but_its_own() {
    Answer redirect = client.send(client.request("/device?user_code=BCDF-GHJK").GET()).is(302);
    assertThat(redirect.header("Location")).contains("device/?user_code=BCDF-GHJK");
    Answer page = client.send(client.request("/device/?user_code=BCDF-GHJK").GET()).is(200);
    assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.header("X-Frame-Options")).contains("DENY");
    assertThat(page.text())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern(" on[a-z]+=");
    Answer script = client.send(client.request("/device/device.js").GET()).is(200);
    assertThat(script.header("Content-Type").orElse("")).contains("javascript");
    assertThat(script.text()).doesNotContain("innerHTML");
    client.send(client.request("/device/nothing").GET()).isProblem(404, "NOT_FOUND");
  }
}
