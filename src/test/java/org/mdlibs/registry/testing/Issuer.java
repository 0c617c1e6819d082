package org.mdlibs.registry.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Another issuer of tokens, with its keys at a URL. */
public final class Issuer implements AutoCloseable {
  /** Its {@code iss}. */
  public static final String NAME = "https://login.example.org/realm";

  /** The {@code aud} of tokens for the registry. */
  public static final String AUDIENCE = "the-registry";

  private final HttpServer http;
  private final List<PublicJsonWebKey> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private final PublicJsonWebKey rsa;
  private final PublicJsonWebKey ec;

  private Issuer(HttpServer http) throws JoseException {
    this.http = http;
    this.rsa = RsaJwkGenerator.generateJwk(2048);
    rsa.setKeyId("rsa");
    this.ec = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    ec.setKeyId("ec");
    published.add(rsa);
    published.add(ec);
  }

  /** Starts it. */
  public static Issuer start() {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var issuer = new Issuer(http);
      http.createContext(
          "/jwks",
          exchange -> {
            issuer.fetches.incrementAndGet();
            String json =
                new JsonWebKeySet(issuer.published)
                    .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      http.start();
      return issuer;
    } catch (IOException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The settings by which the registry trusts it. */
  List<String> settings() {
    return List.of(
        "-Dmdlibs.trusted.issuer=" + NAME,
        "-Dmdlibs.trusted.jwks.url=" + jwksUrl(),
        "-Dmdlibs.trusted.audience=" + AUDIENCE,
        "-Dmdlibs.trusted.team.prefix=team:",
        "-Dmdlibs.trusted.admin.group=registry-admins");
  }

  /** Where its keys are. */
  public String jwksUrl() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/jwks";
  }

  /** How often its keys were fetched. */
  public int fetches() {
    return fetches.get();
  }

  /** Its key of a kind, {@code RS256} and {@code PS256} or {@code ES256}. */
  public PublicJsonWebKey key(String algorithm) {
    return algorithm.equals("ES256") ? ec : rsa;
  }

  /** Makes a key known that was not. */
  public void publish(PublicJsonWebKey key) {
    published.add(key);
  }

  /** What a token for somebody claims. */
  public static JwtClaims claims(String subject, String username, String... groups) {
    var claims = new JwtClaims();
    claims.setIssuer(NAME);
    claims.setAudience(AUDIENCE);
    claims.setSubject(subject);
    claims.setClaim("preferred_username", username);
    claims.setClaim("email", username + "@login.example.org");
    claims.setStringListClaim("groups", groups);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
    return claims;
  }

  /** A token with its signature. */
  public String sign(JwtClaims claims, String algorithm) {
    PublicJsonWebKey key = key(algorithm);
    return sign(claims, algorithm, key.getPrivateKey(), key.getKeyId());
  }

  /** A token with some signature. */
  public static String sign(JwtClaims claims, String algorithm, java.security.Key key, String kid) {
    try {
      var signature = new JsonWebSignature();
      signature.setPayload(claims.toJson());
      signature.setAlgorithmHeaderValue(algorithm);
      signature.setKeyIdHeaderValue(kid);
      signature.setKey(key);
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
