package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.Browser;
import org.mdlibs.registry.testing.Issuer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class TrustedIssuerIT {
  private final RegistryClient client;
  private final RegistryServer server;
  private final Issuer issuer;

  TrustedIssuerIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.issuer = server.issuer();
  }

  private static String newName() {
    return "iss" + Long.toString(System.nanoTime(), 36);
  }

  private Answer me(String token) {
    return client.withToken(token).get("/users/me");
  }

  private void refused(JwtClaims claims) {
    me(issuer.sign(claims, "RS256")).isProblem(401, "INVALID_TOKEN");
  }

  @Test
  void accepts_its_tokens_and_makes_one_account_for_a_subject() {
    String name = newName();
    Answer first = me(issuer.sign(Issuer.claims("1-" + name, name), "RS256")).is(200);
    assertThat(first.string("username")).isEqualTo(name);
    for (String algorithm : new String[] {"RS256", "PS256", "ES256"}) {
      Answer next = me(issuer.sign(Issuer.claims("1-" + name, name + "-new"), algorithm)).is(200);
      assertThat(next.string("id")).isEqualTo(first.string("id"));
    }
    client
        .withToken(issuer.sign(Issuer.claims("1-" + name, name), "ES256"))
        .get("/libraries")
        .is(200);
  }

  @Test
  void takes_the_part_before_the_sign_of_a_name_like_an_address() {
    String name = newName();
    JwtClaims claims = Issuer.claims("2-" + name, name);
    claims.setClaim("preferred_username", name + "@company.example");
    assertThat(me(issuer.sign(claims, "ES256")).is(200).string("username")).isEqualTo(name);
  }

  @Test
  void refuses_a_name_that_somebody_has_and_an_address_that_somebody_has() {
    RegistryClient ann = client.newUser();
    String subject = "3-" + ann.username();
    me(issuer.sign(Issuer.claims(subject, ann.username()), "RS256"))
        .isProblem(403, "ACCOUNT_REFUSED");
    JwtClaims claims = Issuer.claims(subject, newName());
    claims.setClaim("email", ann.username() + "@EXAMPLE.org");
    me(issuer.sign(claims, "RS256")).isProblem(403, "ACCOUNT_REFUSED");
    assertThat(server.count("select count(*) from users where subject = ?", subject)).isZero();
    assertThat(
            server.count(
                "select count(*) from audit_events where action = 'user.linked'"
                    + " and outcome = 'failure' and target = ?",
                "user:" + ann.username()))
        .isEqualTo(1);
  }

  @Test
  void a_token_says_once_who_is_an_administrator_and_an_older_one_never_again() {
    String name = newName();
    JwtClaims before = Issuer.claims("4-" + name, name, "registry-admins");
    before.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() - 60));
    JwtClaims after = Issuer.claims("4-" + name, name);
    me(issuer.sign(before, "ES256")).is(200);
    assertThat(server.text("select role from users where username = ?", name)).isEqualTo("ADMIN");
    me(issuer.sign(after, "ES256")).is(200);
    me(issuer.sign(before, "ES256")).is(200);
    assertThat(server.text("select role from users where username = ?", name)).isEqualTo("USER");
  }

  @Test
  void refuses_other_audiences_times_and_algorithms() throws JoseException {
    String name = newName();
    JwtClaims audience = Issuer.claims("5-" + name, name);
    audience.setAudience("another");
    refused(audience);
    JwtClaims noAudience = Issuer.claims("5-" + name, name);
    noAudience.unsetClaim("aud");
    refused(noAudience);
    JwtClaims noEnd = Issuer.claims("5-" + name, name);
    noEnd.unsetClaim("exp");
    refused(noEnd);
    JwtClaims noSubject = Issuer.claims("5-" + name, name);
    noSubject.unsetClaim("sub");
    refused(noSubject);
    JwtClaims future = Issuer.claims("5-" + name, name);
    future.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() + 3600));
    refused(future);
    JwtClaims expired = Issuer.claims("5-" + name, name);
    expired.setExpirationTimeMinutesInTheFuture(-5);
    me(issuer.sign(expired, "RS256")).isProblem(401, "TOKEN_EXPIRED");

    JwtClaims good = Issuer.claims("5-" + name, name);
    byte[] publicKey = issuer.key("RS256").getPublicKey().getEncoded();
    me(Issuer.sign(good, "HS256", new HmacKey(publicKey), "rsa")).isProblem(401, "INVALID_TOKEN");
    PublicJsonWebKey stranger = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    me(Issuer.sign(good, "ES256", stranger.getPrivateKey(), "ec")).isProblem(401, "INVALID_TOKEN");
    String[] parts = issuer.sign(good, "RS256").split("\\.", -1);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    me(none + "." + parts[1] + ".").isProblem(401, "INVALID_TOKEN");
    me(parts[0] + "." + parts[1] + "." + parts[2].substring(1)).isProblem(401, "INVALID_TOKEN");
    JwtClaims other = Issuer.claims("5-" + name, name);
    other.setIssuer("https://elsewhere.example.org");
    refused(other);
    JwtClaims own = Issuer.claims("5-" + name, name);
    own.setIssuer("mdlibs");
    refused(own);
    assertThat(server.count("select count(*) from users where username = ?", name)).isZero();
  }

  @Test
  void unknown_keys_have_the_keys_fetched_again_but_not_for_each_of_them() throws Exception {
    String name = newName();
    me(issuer.sign(Issuer.claims("6-" + name, name), "ES256")).is(200);
    PublicJsonWebKey next = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    next.setKeyId("next-" + name);
    JwtClaims claims = Issuer.claims("6-" + name, name);
    int before = issuer.fetches();
    for (int i = 0; i < 20; i++) {
      me(Issuer.sign(claims, "ES256", next.getPrivateKey(), "unknown" + i))
          .isProblem(401, "INVALID_TOKEN");
    }
    assertThat(issuer.fetches()).isLessThan(before + 10);
    issuer.publish(next);
    String token = Issuer.sign(claims, "ES256", next.getPrivateKey(), next.getKeyId());
    for (int i = 0; i < 40 && me(token).status() != 200; i++) {
      Thread.sleep(500);
    }
    me(token).is(200);
  }

  @Test
  void who_is_suspended_stays_out() {
    String name = newName();
    String token = issuer.sign(Issuer.claims("7-" + name, name), "ES256");
    me(token).is(200);
    server.execute("update users set suspended = true where username = ?", name);
    me(token).isProblem(401, "INVALID_TOKEN");
    client.loginAnswer(name, "any password").isProblem(401, "INVALID_CREDENTIALS");
  }

  @Test
  void its_token_is_no_login_here_whatever_id_it_has() {
    String name = newName();
    JwtClaims claims = Issuer.claims("8-" + name, name);
    claims.setJwtId("00000000-0000-0000-0000-000000000008");
    String token = issuer.sign(claims, "ES256");
    me(token).is(200);
    String code = client.post("/auth/device", "{}").is(200).string("user_code");
    RegistryClient outsider = client.withToken(token);
    outsider.get("/auth/device/" + code).isProblem(403, "FORBIDDEN");
    outsider.post("/auth/device/" + code, "{\"approve\":true}").isProblem(403, "FORBIDDEN");
    new Browser(client)
        .set("mdlibs_session", token)
        .get("/users/me")
        .isProblem(401, "AUTHENTICATION_REQUIRED");
  }
}
