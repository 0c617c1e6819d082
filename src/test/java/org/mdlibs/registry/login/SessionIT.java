package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.Browser;
import org.mdlibs.registry.testing.DeviceCodes;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class SessionIT {
  private static final String GOOD = "a good password of mine";

  private final RegistryClient client;
  private final RegistryServer server;

  SessionIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  private static String login(String username, String more) {
    return "{\"username\":\"" + username + "\",\"password\":\"" + GOOD + "\"" + more + "}";
  }

  private Browser loggedIn() {
    var browser = new Browser(client);
    browser.post("/auth/login", login(client.newUser().username(), ",\"cookie\":true")).is(200);
    return browser;
  }

  /** A device's code: denying it is a write that a session can do. */
  private String code() {
    return client.post("/auth/device", "{}").is(200).string("user_code");
  }

  private String status(String code) {
    return server.text(
        "select status from device_requests where user_code_hash = ?", DeviceCodes.hash(code));
  }

  @Test
  void gives_a_browser_its_token_in_a_cookie_alone() {
    RegistryClient ann = client.newUser();
    var browser = new Browser(client);
    Answer answer = browser.post("/auth/login", login(ann.username(), ",\"cookie\":true")).is(200);
    assertThat(answer.json()).doesNotContainKeys("token", "token_type");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    List<String> cookies = answer.headers("Set-Cookie");
    assertThat(cookies).hasSize(2);
    assertThat(cookies.get(0))
        .startsWith("mdlibs_session=eyJ")
        .contains("; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Max-Age=")
        .doesNotContain("Secure", "Domain");
    assertThat(cookies.get(1)).startsWith("mdlibs_csrf=").doesNotContain("HttpOnly");
    Answer me = browser.get("/users/me").is(200);
    assertThat(me.string("username")).isEqualTo(ann.username());
    assertThat(me.header("Vary").orElse("")).contains("Cookie");
    assertThat(me.header("Cache-Control").orElse("")).startsWith("private");
  }

  @Test
  void removes_both_cookies_at_logout_and_the_token_is_dead() {
    Browser browser = loggedIn();
    String token = browser.cookie("mdlibs_session");
    List<String> cookies = browser.postFromPage("/auth/logout", "").is(204).headers("Set-Cookie");
    assertThat(cookies).hasSize(2).allMatch(cookie -> cookie.contains("; Max-Age=0;"));
    assertThat(cookies.get(0)).startsWith("mdlibs_session=;");
    assertThat(cookies.get(1)).startsWith("mdlibs_csrf=;");
    client.withToken(token).get("/users/me").isProblem(401, "INVALID_TOKEN");
  }

  @Test
  void sets_no_cookie_unless_asked_to() {
    Answer answer = client.post("/auth/login", login(client.newUser().username(), "")).is(200);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
    assertThat(answer.string("token")).isNotBlank();
  }

  @Test
  void lets_no_page_of_another_site_begin_a_session() {
    String body = login(client.newUser().username(), ",\"cookie\":true");
    Answer answer = new Browser(client).post("/auth/login", body, "Origin", "https://evil.example");
    answer.isProblem(403, "CSRF");
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void refuses_a_write_without_the_proof_of_a_page() {
    Browser browser = loggedIn();
    String code = code();
    browser.post("/auth/device/" + code, "{\"approve\":true}").isProblem(403, "CSRF");
    browser
        .post("/auth/device/" + code, "{\"approve\":true}", "X-CSRF-Token", "wrong")
        .isProblem(403, "CSRF");
    browser
        .post(
            "/auth/device/" + code,
            "{\"approve\":true}",
            "X-CSRF-Token",
            loggedIn().cookie("mdlibs_csrf"))
        .isProblem(403, "CSRF");
    browser.post("/libraries", "{}").isProblem(403, "CSRF");
    assertThat(status(code)).isEqualTo("pending");
    browser.postFromPage("/auth/device/" + code, "{\"approve\":false}").is(204);
    assertThat(status(code)).isEqualTo("denied");
  }

  @Test
  void refuses_a_write_of_another_sites_page_even_with_the_proof() {
    Browser browser = loggedIn();
    String code = code();
    String path = "/auth/device/" + code;
    for (String[] header :
        new String[][] {
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Origin", "http://localhost.evil.example:" + server.port()},
          {"Origin", "http://localhost:1"},
          {"Origin", "nonsense"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Sec-Fetch-Site", "none"}
        }) {
      browser.postFromPage(path, "{\"approve\":true}", header).isProblem(403, "CSRF");
    }
    assertThat(status(code)).isEqualTo("pending");
    String own = "http://localhost:" + server.port();
    browser
        .postFromPage(path, "{\"approve\":false}", "Origin", own, "Sec-Fetch-Site", "same-origin")
        .is(204);
  }

  @Test
  void reads_need_no_proof() {
    Browser browser = loggedIn();
    browser.get("/users/me", "Origin", "https://evil.example").is(200);
    browser.get("/libraries", "Sec-Fetch-Site", "cross-site").is(200);
  }

  @Test
  void a_stale_cookie_is_removed_and_locks_nobody_out() {
    RegistryClient ann = client.newUser();
    var browser = new Browser(client);
    browser.post("/auth/login", login(ann.username(), ",\"cookie\":true")).is(200);
    server.execute(
        "update tokens set revoked_at = created_at where user_id = (select id from users where username = ?)",
        ann.username());
    Browser other = browser.copy();
    browser.get("/libraries").is(200);
    assertThat(browser.cookie("mdlibs_session")).isNull();
    assertThat(browser.cookie("mdlibs_csrf")).isNull();
    other.copy().get("/users/me").isProblem(401, "AUTHENTICATION_REQUIRED");
    other.post("/auth/login", login(ann.username(), ",\"cookie\":true")).is(200);
    other.get("/users/me").is(200);
    new Browser(client).set("mdlibs_session", "junk").get("/libraries").is(200);
    new Browser(client)
        .set("mdlibs_session", "junk")
        .get("/users/me")
        .isProblem(401, "AUTHENTICATION_REQUIRED");
  }

  @Test
  void a_header_wins_over_the_cookie() {
    Browser browser = loggedIn();
    browser.get("/users/me", "Authorization", "Bearer junk").isProblem(401, "INVALID_TOKEN");
    RegistryClient bob = client.newUser();
    Answer me = browser.get("/users/me", "Authorization", "Bearer " + bob.token()).is(200);
    assertThat(me.string("username")).isEqualTo(bob.username());
    String path = "/auth/device/" + code();
    browser.post(path, "{\"approve\":false}", "Authorization", "Bearer " + bob.token()).is(204);
  }

  @Test
  void tells_the_ways_in() {
    Answer answer = client.get("/auth/methods").is(200);
    assertThat(answer.json().getBoolean("password")).isTrue();
    assertThat(answer.string("single_sign_on")).isEqualTo("/api/v1/auth/oidc/login");
  }
}
