package org.mdlibs.registry.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.ProviderWithPages;
import org.mdlibs.registry.testing.RealParts;
import org.mdlibs.registry.testing.RealPartsTest;
import org.mdlibs.registry.testing.RegistryClient;

/** Signs on through the pages of a real provider, as a browser does. */
@RealPartsTest(RealPartsTest.Part.PROVIDER)
class RealProviderIT {
  private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
  private static final Pattern PROMPT = Pattern.compile("name=\"prompt\" value=\"([a-z]+)\"");

  private final RealParts parts;
  private final ProviderWithPages provider;
  private final RegistryClient client;
  private final String name = "sso" + Long.toString(System.nanoTime(), 36);
  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(cookies).version(HttpClient.Version.HTTP_1_1).build();

  RealProviderIT(RealParts parts) {
    this.parts = parts;
    this.provider = parts.provider();
    this.client = parts.client();
  }

  /**
   * Sends a request and follows where it leads. The client would by itself, but announces the body
   * of the form again where it has none.
   */
  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = browser.send(request.build(), BodyHandlers.ofString());
    Optional<String> location = answer.headers().firstValue("Location");
    return location.isPresent() && answer.statusCode() / 100 == 3
        ? send(HttpRequest.newBuilder(answer.uri().resolve(location.get())))
        : answer;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(parts.registry().resolve(path)));
  }

  /** Fills in the form of a page, and goes wherever that leads. */
  private HttpResponse<String> submit(HttpResponse<String> page, String prompt, String fields)
      throws Exception {
    assertThat(page.uri().toString()).startsWith(provider.issuer() + "/interaction/");
    Matcher action = ACTION.matcher(page.body());
    Matcher asked = PROMPT.matcher(page.body());
    assertThat(action.find() && asked.find()).as(page.body()).isTrue();
    assertThat(asked.group(1)).isEqualTo(prompt);
    return send(
        HttpRequest.newBuilder(page.uri().resolve(action.group(1)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("prompt=" + prompt + fields)));
  }

  private HttpResponse<String> signOn(String login) throws Exception {
    HttpResponse<String> page = get("/api/v1/auth/oidc/login?redirect=/device/%3Fuser_code%3DX");
    String fields = "&password=whatever&login=" + URLEncoder.encode(login, UTF_8);
    return submit(submit(page, "login", fields), "consent", "");
  }

  private JsonObject me() throws Exception {
    HttpResponse<String> answer = get("/api/v1/users/me");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private String cookie(String cookie) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(one -> one.getName().equals(cookie))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse(null);
  }

  private int logOut(String csrf) throws Exception {
    return send(HttpRequest.newBuilder(parts.registry().resolve("/api/v1/auth/logout"))
            .header("X-CSRF-Token", csrf)
            .POST(BodyPublishers.noBody()))
        .statusCode();
  }

  @Test
  void signs_a_person_on_by_its_pages_until_he_logs_out() throws Exception {
    HttpResponse<String> end = signOn(name);
    assertThat(end.uri()).isEqualTo(parts.registry().resolve("/device/?user_code=X"));
    assertThat(end.statusCode()).isEqualTo(200);
    assertThat(cookie("mdlibs_session")).isNotBlank();
    assertThat(cookie("mdlibs_oidc")).isNull();
    assertThat(me().getString("username")).isEqualTo(name);
    assertThat(me().getString("email")).isEqualTo(name + "@corp.example");
    assertThat(me().getJsonArray("roles")).hasSize(1);
    assertThat(logOut("none")).isEqualTo(403);
    assertThat(logOut(cookie("mdlibs_csrf"))).isEqualTo(204);
    assertThat(cookie("mdlibs_session")).isNull();
    assertThat(get("/api/v1/users/me").statusCode()).isEqualTo(401);
  }

  @Test
  void its_groups_make_members_of_teams_and_administrators() throws Exception {
    String team = name + "-t";
    client.newUser().post("/teams", "{\"name\":\"" + team + "\"}").is(201);
    signOn(name + "+team-" + team + "+registry-admins+everybody");
    List<JsonObject> teams = me().getJsonArray("teams").getValuesAs(JsonObject.class);
    assertThat(teams).hasSize(1);
    assertThat(teams.get(0).getString("name")).isEqualTo(team);
    assertThat(teams.get(0).getString("role")).isEqualTo("member");
    assertThat(me().getJsonArray("roles")).hasSize(2);
  }

  @Test
  void who_gives_up_on_its_page_is_told_and_does_not_come_in() throws Exception {
    HttpResponse<String> page = get("/api/v1/auth/oidc/login?redirect=/device");
    HttpResponse<String> end = send(HttpRequest.newBuilder(URI.create(page.uri() + "/abort")));
    assertThat(end.uri().getPath()).isEqualTo("/api/v1/auth/oidc/callback");
    assertThat(end.statusCode()).isEqualTo(403);
    assertThat(end.body()).contains("SIGN_ON_REFUSED");
    assertThat(cookie("mdlibs_session")).isNull();
  }
}
