package org.mdlibs.registry.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.Browser;
import org.mdlibs.registry.testing.OpenIdProvider;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class OidcIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final OpenIdProvider provider;
  private final String name = "oidc" + Long.toString(System.nanoTime(), 36);
  private final Browser browser;

  OidcIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.provider = server.provider();
    this.browser = new Browser(client);
  }

  private Map<String, Object> claims(String... groups) {
    return Map.of(
        "preferred_username", name, "email", name + "@corp.example", "groups", List.of(groups));
  }

  /** Goes to the provider. */
  private String begin() {
    return browser
        .get("/auth/oidc/login?redirect=" + URLEncoder.encode("/device/?user_code=X", UTF_8))
        .is(302)
        .header("Location")
        .orElseThrow();
  }

  /** Lets the provider answer. */
  private static String cross(String url) {
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .headers()
          .firstValue("Location")
          .orElseThrow();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String parameter(String url, String parameter) {
    Matcher found = Pattern.compile("[?&]" + parameter + "=([^&]*)").matcher(url);
    assertThat(found.find()).as(url).isTrue();
    return URLDecoder.decode(found.group(1), UTF_8);
  }

  private Answer signOn(String subject, String... groups) {
    provider.expect(subject, claims(groups));
    return browser.follow(cross(begin()));
  }

  private void nobodyCameIn() {
    assertThat(browser.cookie("mdlibs_session")).isNull();
    assertThat(server.count("select count(*) from users where username = ?", name)).isZero();
  }

  @Test
  void signs_a_person_on() {
    String address = begin();
    assertThat(address).startsWith(provider.issuer() + "/authorize?");
    assertThat(parameter(address, "response_type")).isEqualTo("code");
    assertThat(parameter(address, "client_id")).isEqualTo(OpenIdProvider.CLIENT);
    assertThat(parameter(address, "code_challenge_method")).isEqualTo("S256");
    assertThat(parameter(address, "code_challenge")).hasSize(43);
    assertThat(parameter(address, "redirect_uri"))
        .isEqualTo(server.uri("/api/v1/auth/oidc/callback").toString());
    String sealed = browser.cookie("mdlibs_oidc");
    assertThat(sealed).isNotBlank().doesNotContain(parameter(address, "state"));

    provider.expect("subject-of-" + name, claims());
    Answer back = browser.follow(cross(address)).is(302);
    assertThat(back.header("Location")).contains(server.uri("/device/?user_code=X").toString());
    assertThat(back.header("Cache-Control")).contains("no-store");
    assertThat(browser.cookie("mdlibs_oidc")).isNull();
    assertThat(back.headers("Set-Cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("mdlibs_session=")
                    .contains("; HttpOnly", "; SameSite=Lax"));
    Answer me = browser.get("/users/me").is(200);
    assertThat(me.string("username")).isEqualTo(name);
    assertThat(me.json().getJsonArray("roles")).hasSize(1);
    assertThat(
            server.count(
                "select count(*) from audit_events where actor = ? and action = 'user.login'"
                    + " and outcome = 'success' and detail = 'oidc'",
                name))
        .isEqualTo(1);
  }

  @Test
  void knows_a_person_again_by_the_subject() {
    signOn("subject-of-" + name).is(302);
    String id = browser.get("/users/me").string("id");
    assertThat(client.newUser().get("/users/me").string("id")).isNotEqualTo(id);
    signOn("subject-of-" + name).is(302);
    assertThat(browser.get("/users/me").string("id")).isEqualTo(id);
    assertThat(server.count("select count(*) from users where username = ?", name)).isEqualTo(1);
  }

  @Test
  void makes_an_administrator_by_the_group() {
    signOn("subject-of-" + name, "everybody", "registry-admins").is(302);
    assertThat(browser.get("/users/me").json().getJsonArray("roles")).hasSize(2);
  }

  @Test
  void refuses_an_answer_that_this_browser_did_not_ask_for() {
    provider.expect("subject-of-" + name, claims());
    String callback = cross(begin());
    new Browser(client).follow(callback).isProblem(400, "SIGN_ON_INVALID");
    String state = parameter(callback, "state");
    browser.copy().follow(callback.replace(state, "x" + state)).isProblem(400, "SIGN_ON_INVALID");
    browser.copy().get("/auth/oidc/callback?code=x").isProblem(400, "SIGN_ON_INVALID");
    String sealed = browser.cookie("mdlibs_oidc");
    char other = sealed.charAt(20) == 'A' ? 'B' : 'A';
    browser
        .copy()
        .set("mdlibs_oidc", sealed.substring(0, 20) + other + sealed.substring(21))
        .follow(callback)
        .isProblem(400, "SIGN_ON_INVALID");
    browser
        .copy()
        .follow(callback + "&iss=https%3A%2F%2Fevil.example")
        .isProblem(400, "SIGN_ON_INVALID");
    nobodyCameIn();
    browser.follow(callback).is(302);
  }

  @Test
  void refuses_a_code_that_was_used() {
    provider.expect("subject-of-" + name, claims());
    String callback = cross(begin());
    Browser thief = browser.copy();
    browser.follow(callback).is(302);
    browser.follow(callback).isProblem(400, "SIGN_ON_INVALID");
    thief.follow(callback).isProblem(400, "SIGN_ON_INVALID");
    assertThat(thief.cookie("mdlibs_session")).isNull();
  }

  @Test
  void refuses_an_id_token_of_another_sign_on() {
    String address = begin();
    provider.expect("subject-of-" + name, claims());
    String other = address.replace(parameter(address, "nonce"), "another-nonce");
    browser.follow(cross(other)).isProblem(400, "SIGN_ON_INVALID");
    nobodyCameIn();
  }

  @Test
  void refuses_an_id_token_for_others_and_one_that_has_expired() {
    signed("another-client", 300).isProblem(400, "SIGN_ON_INVALID");
    signed(OpenIdProvider.CLIENT, -300).isProblem(400, "SIGN_ON_INVALID");
    nobodyCameIn();
    signed(OpenIdProvider.CLIENT, 300).is(302);
  }

  private Answer signed(String audience, long seconds) {
    String address = begin();
    String callback = cross(address);
    var claims = new HashMap<>(claims());
    claims.put("nonce", parameter(address, "nonce"));
    answerWith(provider.sign("subject-of-" + name, claims, audience, seconds));
    return browser.follow(callback);
  }

  private void answerWith(String idToken) {
    provider.answerNext(
        200,
        Json.createObjectBuilder()
            .add("id_token", idToken)
            .add("access_token", "x")
            .add("token_type", "Bearer")
            .build()
            .toString());
  }

  @Test
  void refuses_id_tokens_that_the_provider_did_not_sign() throws JoseException {
    forged("RS256", RsaJwkGenerator.generateJwk(2048).getPrivateKey());
    forged("HS256", new HmacKey("a-secret-of-the-tests-that-is-long-enough".getBytes(UTF_8)));
    forged("none", null);
    nobodyCameIn();
  }

  private void forged(String algorithm, Key key) throws JoseException {
    String address = begin();
    String callback = cross(address);
    var claims = new JwtClaims();
    claims.setIssuer(provider.issuer());
    claims.setAudience(OpenIdProvider.CLIENT);
    claims.setSubject("subject-of-" + name);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setClaim("nonce", parameter(address, "nonce"));
    claims().forEach(claims::setClaim);
    var signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setKey(key);
    answerWith(signature.getCompactSerialization());
    browser.follow(callback).isProblem(400, "SIGN_ON_INVALID");
  }

  @Test
  void leads_nowhere_else() {
    for (String target :
        List.of(
            "//evil.example", "/\\evil.example", "https://evil.example", "https:evil", "device")) {
      Answer answer = browser.get("/auth/oidc/login?redirect=" + URLEncoder.encode(target, UTF_8));
      answer.isProblem(400, "INVALID_INPUT").hasFaults("redirect");
      assertThat(answer.header("Location")).isEmpty();
    }
  }

  @Test
  void tells_a_person_on_a_page_that_the_provider_refused() {
    String denied = "?error=access_denied&state=" + parameter(begin(), "state");
    browser.copy().get("/auth/oidc/callback" + denied).isProblem(403, "SIGN_ON_REFUSED");
    Answer page = browser.get("/auth/oidc/callback" + denied, "Accept", "text/html,*/*;q=0.8");
    page.is(403);
    assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy").orElse("")).contains("default-src 'none'");
    assertThat(page.text()).contains("SIGN_ON_REFUSED");
    assertThat(browser.cookie("mdlibs_oidc")).isNull();
    nobodyCameIn();
  }

  @Test
  void lets_no_suspended_account_in() {
    signOn("subject-of-" + name).is(302);
    server.execute("update users set suspended = true where username = ?", name);
    browser.get("/users/me").isProblem(401, "AUTHENTICATION_REQUIRED");
    provider.expect("subject-of-" + name, claims());
    browser.follow(cross(begin())).isProblem(403, "SIGN_ON_REFUSED");
    assertThat(browser.cookie("mdlibs_session")).isNull();
  }

  @Test
  void tells_when_the_provider_fails() {
    String callback = cross(begin());
    provider.answerNext(500, "{}");
    browser.copy().follow(callback).isProblem(503, "PROVIDER_UNAVAILABLE");
    provider.answerNext(401, "{\"error\":\"invalid_client\"}");
    browser.copy().follow(callback).isProblem(503, "PROVIDER_UNAVAILABLE");
    nobodyCameIn();
  }
}
