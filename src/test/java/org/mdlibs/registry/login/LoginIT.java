package org.mdlibs.registry.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.config.SecretBox;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
@Tag("server")
class LoginIT {
  private static final String GOOD = "a good password of mine";

  private final RegistryClient client;
  private final RegistryServer server;

  LoginIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  private static JsonObject decode(String token, int part) {
    String json = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[part]), UTF_8);
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void gives_a_signed_token() {
    RegistryClient ann = client.newUser();
    Answer answer = client.loginAnswer(ann.username(), GOOD).is(200);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.string("token_type")).isEqualTo("Bearer");
    assertThat(Instant.parse(answer.string("expires_at"))).isAfter(Instant.now());
    assertThat(answer.json().getJsonObject("user").getString("username")).isEqualTo(ann.username());
    JsonObject header = decode(answer.string("token"), 0);
    assertThat(header.getString("alg")).isEqualTo("ES256");
    assertThat(header.getString("kid")).isNotBlank();
    JsonObject claims = decode(answer.string("token"), 1);
    assertThat(claims.getString("iss")).isEqualTo("mdlibs");
    assertThat(claims.getString("aud")).isEqualTo("mdlibs");
    assertThat(claims.getString("upn")).isEqualTo(ann.username());
    assertThat(claims.getString("sub"))
        .isEqualTo(answer.json().getJsonObject("user").getString("id"));
    assertThat(claims.getJsonArray("groups").getString(0)).isEqualTo("user");
    assertThat(UUID.fromString(claims.getString("jti"))).isNotNull();
    assertThat(claims.getInt("exp")).isGreaterThan(claims.getInt("iat"));
  }

  @Test
  void takes_the_address_for_the_name_whatever_the_case() {
    RegistryClient ann = client.newUser();
    client.loginAnswer(ann.username().toUpperCase(java.util.Locale.ROOT), GOOD).is(200);
    client.loginAnswer(ann.username() + "@EXAMPLE.org", GOOD).is(200);
  }

  @Test
  void answers_an_unknown_user_and_a_wrong_password_alike() {
    RegistryClient ann = client.newUser();
    JsonObject wrong =
        client.loginAnswer(ann.username(), "wrong").isProblem(401, "INVALID_CREDENTIALS").json();
    JsonObject unknown =
        client.loginAnswer("nobody-here", "wrong").isProblem(401, "INVALID_CREDENTIALS").json();
    assertThat(wrong.getString("detail")).isEqualTo(unknown.getString("detail"));
  }

  @Test
  void refuses_tokens_that_it_did_not_sign() throws JoseException {
    String token = client.newUser().token();
    String[] parts = token.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    String admin = encode(claims.replace("\"user\"", "\"user\",\"admin\""));
    refused(parts[0] + "." + admin + "." + parts[2]);
    refused(encode("{\"alg\":\"none\"}") + "." + parts[1] + ".");
    refused(encode("{\"alg\":\"None\",\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2]);
    refused(parts[0] + "." + parts[1] + ".");
    refused(parts[0] + "." + parts[1]);
    refused("x" + token);
    refused("mdl_nothing");
    refused("a.b.c");
    refused(token + "x".repeat(5_000));
    String kid = decode(token, 0).getString("kid");
    EllipticCurveJsonWebKey stranger = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    refused(sign(claims, "ES256", stranger.getPrivateKey(), kid));
    refused(sign(claims, "ES256", stranger.getPrivateKey(), "another"));
    refused(sign(claims, "HS256", new HmacKey(new byte[64]), kid));
  }

  private static String sign(String claims, String algorithm, java.security.Key key, String kid)
      throws JoseException {
    var signature = new JsonWebSignature();
    signature.setPayload(claims);
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setKeyIdHeaderValue(kid);
    signature.setKey(key);
    return signature.getCompactSerialization();
  }

  private void refused(String token) {
    client.withToken(token).get("/users/me").isProblem(401, "INVALID_TOKEN");
    client.withToken(token).get("/libraries").isProblem(401, "INVALID_TOKEN");
  }

  /** With the bytes of the real public key in every shape that a careless verifier might take. */
  @Test
  void refuses_the_public_key_for_a_shared_secret() throws JoseException {
    String token = client.newUser().token();
    String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    String kid = decode(token, 0).getString("kid");
    String jwks = client.send(client.request("/.well-known/jwks.json").GET()).is(200).text();
    JsonWebKey real = new JsonWebKeySet(jwks).findJsonWebKey(kid, null, null, null);
    byte[] der = real.getKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    String jwk = real.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    for (byte[] secret :
        new byte[][] {der, pem.getBytes(UTF_8), pem.strip().getBytes(UTF_8), jwk.getBytes(UTF_8)}) {
      refused(sign(claims, "HS256", new HmacKey(secret), kid));
    }
  }

  @Test
  void refuses_another_issuer_another_audience_and_a_token_without_an_end() throws JoseException {
    String token = client.newUser().token();
    String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    EllipticCurveJsonWebKey key = realKey(decode(token, 0).getString("kid"));
    client
        .withToken(sign(claims, "ES256", key.getPrivateKey(), key.getKeyId()))
        .get("/users/me")
        .is(200);
    for (String forged :
        new String[] {
          claims.replace("\"iss\":\"mdlibs\"", "\"iss\":\"https://elsewhere\""),
          claims.replace("\"aud\":\"mdlibs\"", "\"aud\":\"others\""),
          claims.replaceAll(",?\"exp\":\\d+", ""),
          claims.replaceAll(",?\"jti\":\"[^\"]+\"", ""),
          claims.replaceAll("\"jti\":\"[^\"]+\"", "\"jti\":\"" + UUID.randomUUID() + "\""),
          claims.replaceAll("\"sub\":\"[^\"]+\"", "\"sub\":\"" + UUID.randomUUID() + "\"")
        }) {
      assertThat(forged).isNotEqualTo(claims);
      refused(sign(forged, "ES256", key.getPrivateKey(), key.getKeyId()));
    }
  }

  @Test
  void refuses_a_token_with_one_character_changed() {
    String token = client.newUser().token();
    for (int i = 0; i < token.length() - 1; i += 13) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      refused(token.substring(0, i) + other + token.substring(i + 1));
    }
    client.withToken(token).get("/users/me").is(200);
  }

  private EllipticCurveJsonWebKey realKey(String kid) throws JoseException {
    String wrapped = server.text("select jwk from signing_keys where kid = ?", kid);
    String jwk = new SecretBox(RegistryServer.SECRET_KEY).open(wrapped, "signing keys", kid);
    return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(jwk);
  }

  @Test
  void refuses_two_authorization_headers() {
    RegistryClient ann = client.newUser();
    ann.get("/libraries", "Authorization", "Bearer " + ann.token()).isProblem(400, "BAD_REQUEST");
    ann.get("/users/me", "Authorization", "Basic YTpi").isProblem(400, "BAD_REQUEST");
  }

  @Test
  void refuses_other_schemes() {
    client.get("/libraries", "Authorization", "Basic YTpi").isProblem(401, "INVALID_TOKEN");
    client.get("/libraries", "Authorization", "Bearer ").isProblem(401, "INVALID_TOKEN");
  }

  @Test
  void refuses_a_token_that_has_expired() throws JoseException {
    String token = client.newUser().token();
    String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    String past = claims.replaceAll("\"exp\":\\d+", "\"exp\":1000000000");
    EllipticCurveJsonWebKey key = realKey(decode(token, 0).getString("kid"));
    String expired = sign(past, "ES256", key.getPrivateKey(), key.getKeyId());
    client.withToken(expired).get("/users/me").isProblem(401, "TOKEN_EXPIRED");
  }

  @Test
  void forgets_a_token_that_was_revoked_and_an_account_that_was_suspended() {
    RegistryClient ann = client.newUser();
    server.execute(
        "update tokens set revoked_at = created_at where user_id = (select id from users where username = ?)",
        ann.username());
    ann.get("/users/me").isProblem(401, "INVALID_TOKEN");
    RegistryClient bob = client.newUser();
    server.execute("update users set suspended = true where username = ?", bob.username());
    bob.get("/users/me").isProblem(401, "INVALID_TOKEN");
    client.loginAnswer(bob.username(), GOOD).isProblem(401, "INVALID_CREDENTIALS");
  }

  @Test
  void keeps_no_password_in_clear() {
    RegistryClient ann = client.newUser();
    assertThat(server.text("select password_hash from users where username = ?", ann.username()))
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }
}
