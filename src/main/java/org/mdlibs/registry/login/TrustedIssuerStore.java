package org.mdlibs.registry.login;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.TrustedIssuer;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.ExternalAccounts;
import org.mdlibs.registry.user.ExternalIdentity;
import org.mdlibs.registry.user.ExternalUsers;
import org.mdlibs.registry.user.GroupRules;
import org.mdlibs.registry.user.Memberships;
import org.mdlibs.registry.user.User;

/**
 * Knows callers by tokens of the one other issuer that the settings trust. It comes before the
 * registry's own store and leaves to it every token that does not claim to be of that issuer.
 */
@ApplicationScoped
public class TrustedIssuerStore implements IdentityStore {
  private static final int CLOCK_SKEW_SECONDS = 30;
  private static final int MAX_LENGTH = 16_384;

  /** Reads what a token claims without believing it. */
  private static final JwtConsumer UNVERIFIED =
      new JwtConsumerBuilder()
          .setSkipAllValidators()
          .setDisableRequireSignature()
          .setSkipSignatureVerification()
          .setJwsAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS)
          .build();

  @Inject private RegistryConfig config;
  @Inject private ExternalUsers users;
  @Inject private ExternalAccounts accounts;
  @Inject private Memberships memberships;
  @Inject private Clock clock;
  @Inject private HttpServletRequest request;
  private Optional<Verifier> verifier = Optional.empty();

  private record Verifier(TrustedIssuer issuer, TrustedKeys keys, JwtConsumer consumer) {}

  @PostConstruct
  void prepare() {
    verifier =
        config
            .trustedIssuer()
            .map(
                issuer -> {
                  var keys = new TrustedKeys(issuer.jwksUrl(), clock);
                  return new Verifier(issuer, keys, consumer(issuer, keys));
                });
  }

  private static JwtConsumer consumer(TrustedIssuer issuer, TrustedKeys keys) {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.EDDSA)
        .setVerificationKeyResolver((signature, context) -> keys.find(signature))
        .setExpectedIssuer(issuer.issuer())
        .setExpectedAudience(issuer.audience())
        .setRequireSubject()
        .setRequireExpirationTime()
        .setRequireIssuedAt()
        .setIssuedAtRestrictions(CLOCK_SKEW_SECONDS, Integer.MAX_VALUE)
        .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
        .build();
  }

  @Override
  public int priority() {
    return 5;
  }

  /**
   * Verifies a bearer token.
   *
   * @throws ProblemException {@link ProblemType#INVALID_TOKEN}, {@link ProblemType#TOKEN_EXPIRED},
   *     {@link ProblemType#ACCOUNT_REFUSED}, {@link ProblemType#ISSUER_UNAVAILABLE}
   */
  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (verifier.isEmpty()
        || !(credential instanceof BearerCredential bearer)
        || bearer.token().length() > MAX_LENGTH
        || !verifier.get().issuer().issuer().equals(claimedIssuer(bearer.token()))) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    JwtClaims claims = verify(verifier.get(), bearer.token());
    try {
      User user = account(verifier.get().issuer(), claims);
      if (user.isSuspended()) {
        throw new ProblemException(
            ProblemType.INVALID_TOKEN, "The account is closed: ask an administrator.");
      }
      return new RegistryPrincipal(caller(user), claims.getClaimsMap()).valid();
    } catch (MalformedClaimException e) {
      throw invalid(e);
    }
  }

  private static String claimedIssuer(String token) {
    try {
      return UNVERIFIED.processToClaims(token).getIssuer();
    } catch (InvalidJwtException | MalformedClaimException e) {
      return null;
    }
  }

  private static JwtClaims verify(Verifier verifier, String token) {
    try {
      return verifier.consumer().processToClaims(token);
    } catch (InvalidJwtException e) {
      if (!verifier.keys().isAvailable()) {
        throw new ProblemException(
            ProblemType.ISSUER_UNAVAILABLE,
            "Try again in a moment: the keys of the token's issuer cannot be fetched.",
            e);
      }
      if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
        throw new ProblemException(
            ProblemType.TOKEN_EXPIRED, "Get a new token from its issuer.", e);
      }
      throw invalid(e);
    }
  }

  /** The account, brought up to date by each token that is newer than those before. */
  private User account(TrustedIssuer issuer, JwtClaims claims) throws MalformedClaimException {
    Instant issuedAt = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
    Optional<User> known = users.find(issuer.issuer(), claims.getSubject());
    if (known.isPresent() && known.get().isAsOf(issuedAt)) {
      return known.get();
    }
    var identity =
        new ExternalIdentity(
            issuer.issuer(),
            claims.getSubject(),
            username(claims),
            claims.getStringClaimValue("email"),
            groups(claims),
            issuedAt);
    var rules = new GroupRules(issuer.teamPrefix(), issuer.adminGroup());
    return accounts.signIn(identity, rules, Origin.of(request));
  }

  private static String username(JwtClaims claims) throws MalformedClaimException {
    for (String claim : List.of("preferred_username", "upn")) {
      if (claims.hasClaim(claim)) {
        return claims.getStringClaimValue(claim);
      }
    }
    return claims.getSubject();
  }

  private static Set<String> groups(JwtClaims claims) throws MalformedClaimException {
    return claims.hasClaim("groups")
        ? Set.copyOf(claims.getStringListClaimValue("groups"))
        : Set.of();
  }

  private Caller caller(User user) {
    Set<Permission> permissions = EnumSet.copyOf(Permission.ALL);
    if (user.role() != Role.ADMIN) {
      permissions.remove(Permission.ADMIN);
    }
    return new Caller(
        user.id(), user.username(), user.role(), permissions, memberships.of(user.id()));
  }

  private static ProblemException invalid(Exception cause) {
    return new ProblemException(
        ProblemType.INVALID_TOKEN, "The bearer token is not valid here: get a new one.", cause);
  }
}
