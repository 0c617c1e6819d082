package org.mdlibs.registry.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Makes and verifies login tokens: JWTs (RFC 7519) signed with ES256 and nothing else, with the
 * claims of <a href="https://microprofile.io/specifications/microprofile-jwt-auth/">MicroProfile
 * JWT</a> ({@code upn}, {@code groups}). That one is still registered is for {@link Tokens} to say.
 */
@ApplicationScoped
public class LoginTokens {
  private static final int CLOCK_SKEW_SECONDS = 5;
  private static final int MAX_LENGTH = 4096;

  private final RegistryConfig config;
  private final SigningKeys keys;
  private final Tokens tokens;
  private final Clock clock;
  private volatile Ring ring = new Ring(null, Map.of());
  private JwtConsumer consumer;

  /** The keys that this node has read. */
  private record Ring(EllipticCurveJsonWebKey newest, Map<String, Key> byKid) {}

  /**
   * A login token as its bearer gets it.
   *
   * @param jwt the compact serialisation
   */
  public record Issued(String jwt, Instant expiresAt) {}

  @Inject
  public LoginTokens(RegistryConfig config, SigningKeys keys, Tokens tokens, Clock clock) {
    this.config = config;
    this.keys = keys;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** For the container's proxy. */
  protected LoginTokens() {
    this(null, null, null, null);
  }

  /** Makes and registers a login token. */
  public Issued issue(Caller user) {
    Instant now = clock.instant();
    Instant expiresAt = now.plus(config.loginTokenLifetime());
    Token token = tokens.register(user.id(), now, expiresAt);
    var claims = new JwtClaims();
    claims.setIssuer(config.issuer());
    claims.setAudience(config.audience());
    claims.setSubject(user.id().toString());
    claims.setClaim(Claims.upn.name(), user.username());
    claims.setStringListClaim(
        Claims.groups.name(),
        user.role() == Role.ADMIN
            ? List.of(Role.USER_NAME, Role.ADMIN_NAME)
            : List.of(Role.USER_NAME));
    claims.setJwtId(token.id().toString());
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
    EllipticCurveJsonWebKey key = newestKey();
    var signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setHeader("typ", "JWT");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    try {
      return new Issued(
          signature.getCompactSerialization(), Instant.ofEpochSecond(expiresAt.getEpochSecond()));
    } catch (JoseException e) {
      throw new IllegalStateException("The signing key cannot sign", e);
    }
  }

  /**
   * Checks signature, issuer, audience and time of a login token.
   *
   * @return its claims; the {@code jti} is a UUID
   * @throws ProblemException {@link ProblemType#TOKEN_EXPIRED}, {@link ProblemType#INVALID_TOKEN}
   */
  public JwtClaims verify(String jwt) {
    if (jwt.length() > MAX_LENGTH) {
      throw invalid(null);
    }
    try {
      JwtClaims claims = consumer().processToClaims(jwt);
      UUID.fromString(claims.getJwtId());
      return claims;
    } catch (InvalidJwtException e) {
      if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
        throw new ProblemException(ProblemType.TOKEN_EXPIRED, "Log in again.", e);
      }
      throw invalid(e);
    } catch (org.jose4j.jwt.MalformedClaimException | IllegalArgumentException e) {
      throw invalid(e);
    }
  }

  private static ProblemException invalid(Exception cause) {
    return new ProblemException(
        ProblemType.INVALID_TOKEN, "The bearer token is not valid here: log in again.", cause);
  }

  private synchronized JwtConsumer consumer() {
    if (consumer == null) {
      consumer =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(
                  AlgorithmConstraints.ConstraintType.PERMIT,
                  AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
              .setVerificationKeyResolver((signature, context) -> verificationKey(signature))
              .setExpectedIssuer(config.issuer())
              .setExpectedAudience(config.audience())
              .setRequireSubject()
              .setRequireJwtId()
              .setRequireExpirationTime()
              .setRequireIssuedAt()
              .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
              .build();
    }
    return consumer;
  }

  private Key verificationKey(JsonWebSignature signature) throws UnresolvableKeyException {
    String kid = String.valueOf(signature.getKeyIdHeaderValue());
    Key key = ring.byKid().get(kid);
    if (key == null && ring.newest() == null) {
      key = read().byKid().get(kid);
    }
    if (key == null) {
      throw new UnresolvableKeyException("unknown kid");
    }
    return key;
  }

  private EllipticCurveJsonWebKey newestKey() {
    EllipticCurveJsonWebKey newest = ring.newest();
    return newest == null ? read().newest() : newest;
  }

  private Ring read() {
    List<EllipticCurveJsonWebKey> pairs =
        keys.all().stream().map(LoginTokens::parse).collect(Collectors.toList());
    if (pairs.isEmpty()) {
      throw new IllegalStateException("The database has no signing key");
    }
    Ring read =
        new Ring(
            pairs.get(0),
            pairs.stream().collect(Collectors.toMap(JsonWebKey::getKeyId, JsonWebKey::getKey)));
    ring = read;
    return read;
  }

  private static EllipticCurveJsonWebKey parse(SigningKey key) {
    try {
      return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(key.jwk());
    } catch (JoseException e) {
      throw new IllegalStateException("Signing key " + key.kid() + " cannot be read", e);
    }
  }
}
