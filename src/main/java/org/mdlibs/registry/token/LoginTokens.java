package org.mdlibs.registry.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.jwt.Claims;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.Sha256;
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
  private final KeyRing ring;
  private final Tokens tokens;
  private final Clock clock;
  private final VerifiedTokens known = new VerifiedTokens();
  private JwtConsumer consumer;

  /**
   * A login token as its bearer gets it.
   *
   * @param jwt the compact serialisation
   */
  public record Issued(String jwt, Instant expiresAt) {}

  /**
   * What a token says whose signature is right.
   *
   * @param id its {@code jti}
   * @param kid the key that signed it
   */
  public record Verified(
      UUID id, String subject, String kid, Instant expiresAt, Map<String, Object> claims) {
    public Verified {
      claims = Map.copyOf(claims);
    }
  }

  @Inject
  public LoginTokens(RegistryConfig config, KeyRing ring, Tokens tokens, Clock clock) {
    this.config = config;
    this.ring = ring;
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
    Instant expiresAt = now.plus(config.tokens().loginLifetime());
    Token token = tokens.register(user.id(), now, expiresAt);
    var claims = new JwtClaims();
    claims.setIssuer(config.tokens().issuer());
    claims.setAudience(config.tokens().audience());
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
    EllipticCurveJsonWebKey key = ring.signing();
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
   * @throws ProblemException {@link ProblemType#TOKEN_EXPIRED}, {@link ProblemType#INVALID_TOKEN}
   */
  public Verified verify(String jwt) {
    if (jwt.length() > MAX_LENGTH) {
      throw invalid(null);
    }
    byte[] sha256 = Sha256.of(jwt);
    Verified verified =
        known.find(sha256).filter(token -> ring.has(token.kid())).orElseGet(() -> check(jwt));
    if (clock.instant().isAfter(verified.expiresAt().plusSeconds(CLOCK_SKEW_SECONDS))) {
      throw new ProblemException(ProblemType.TOKEN_EXPIRED, "Log in again.");
    }
    known.put(sha256, verified);
    return verified;
  }

  private Verified check(String jwt) {
    try {
      JwtContext context = consumer().process(jwt);
      JwtClaims claims = context.getJwtClaims();
      return new Verified(
          UUID.fromString(claims.getJwtId()),
          claims.getSubject(),
          context.getJoseObjects().get(0).getKeyIdHeaderValue(),
          Instant.ofEpochSecond(claims.getExpirationTime().getValue()),
          claims.getClaimsMap());
    } catch (InvalidJwtException e) {
      if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
        throw new ProblemException(ProblemType.TOKEN_EXPIRED, "Log in again.", e);
      }
      throw invalid(e);
    } catch (MalformedClaimException | IllegalArgumentException e) {
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
              .setExpectedIssuer(config.tokens().issuer())
              .setExpectedAudience(config.tokens().audience())
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
    return ring.verification(String.valueOf(signature.getKeyIdHeaderValue()))
        .orElseThrow(() -> new UnresolvableKeyException("unknown kid"));
  }
}
