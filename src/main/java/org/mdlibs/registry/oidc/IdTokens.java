package org.mdlibs.registry.oidc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.mdlibs.registry.config.OidcSettings;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** Verifies ID tokens as OpenID Connect Core 1.0 §3.1.3.7 says, by public-key signatures alone. */
@ApplicationScoped
public class IdTokens {
  private static final Logger LOG = Logger.getLogger(IdTokens.class.getName());
  private static final int CLOCK_SKEW_SECONDS = 30;

  @Inject private Provider provider;
  @Inject private Clock clock;

  /**
   * Checks signature, issuer, audience, authorized party, times and nonce.
   *
   * @throws ProblemException {@link ProblemType#SIGN_ON_INVALID}, {@link
   *     ProblemType#PROVIDER_UNAVAILABLE}
   */
  JwtClaims verify(String idToken, String nonce) {
    OidcSettings settings = provider.settings();
    try {
      JwtClaims claims =
          new JwtConsumerBuilder()
              .setJwsAlgorithmConstraints(
                  AlgorithmConstraints.ConstraintType.PERMIT,
                  AlgorithmIdentifiers.RSA_USING_SHA256,
                  AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
                  AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
              .setVerificationKeyResolver((signature, context) -> key(signature))
              .setExpectedIssuer(settings.issuer())
              .setExpectedAudience(settings.clientId())
              .setRequireSubject()
              .setRequireExpirationTime()
              .setRequireIssuedAt()
              .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
              .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
              .build()
              .processToClaims(idToken);
      checkParty(claims, settings.clientId());
      String sent = claims.getStringClaimValue("nonce");
      if (sent == null || !MessageDigest.isEqual(bytes(sent), bytes(nonce))) {
        throw invalid("the nonce differs", null);
      }
      return claims;
    } catch (InvalidJwtException | MalformedClaimException e) {
      throw invalid(e.getMessage(), e);
    }
  }

  /** A token for several audiences must name us as the party that it was made for. */
  private static void checkParty(JwtClaims claims, String clientId) throws MalformedClaimException {
    String party = claims.getStringClaimValue("azp");
    boolean named = clientId.equals(party);
    if (party == null ? claims.getAudience().size() > 1 : !named) {
      throw invalid("the authorized party differs", null);
    }
  }

  private Key key(JsonWebSignature signature) throws UnresolvableKeyException {
    try {
      JsonWebKey found = select(signature, provider.keys(false));
      if (found == null) {
        found = select(signature, provider.keys(true));
      }
      if (found != null) {
        return found.getKey();
      }
      throw new UnresolvableKeyException("no key of the provider fits");
    } catch (JoseException e) {
      throw new UnresolvableKeyException("no key of the provider fits", e);
    }
  }

  private static JsonWebKey select(JsonWebSignature signature, List<JsonWebKey> keys)
      throws JoseException {
    return new VerificationJwkSelector().select(signature, keys);
  }

  private static ProblemException invalid(String reason, Exception cause) {
    LOG.warning(() -> "an ID token was refused: " + reason);
    return new ProblemException(
        ProblemType.SIGN_ON_INVALID,
        "Begin again; if that fails too, tell an administrator.",
        cause);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
