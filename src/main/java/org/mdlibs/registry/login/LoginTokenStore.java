package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.LoginTokens;
import org.mdlibs.registry.token.Tokens;

/** Knows callers by the login tokens that this registry signed, while they are registered. */
@ApplicationScoped
public class LoginTokenStore implements IdentityStore {
  @Inject private LoginTokens loginTokens;
  @Inject private Tokens tokens;

  @Override
  public int priority() {
    return 10;
  }

  /**
   * Verifies a bearer token.
   *
   * @throws ProblemException {@link ProblemType#INVALID_TOKEN}, {@link ProblemType#TOKEN_EXPIRED}
   */
  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (!(credential instanceof BearerCredential bearer)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    JwtClaims claims = loginTokens.verify(bearer.token());
    try {
      UUID id = UUID.fromString(claims.getJwtId());
      Caller caller =
          tokens
              .findCaller(id)
              .filter(found -> found.id().toString().equals(subject(claims)))
              .orElseThrow(
                  () ->
                      new ProblemException(
                          ProblemType.INVALID_TOKEN, "The token was revoked: log in again."));
      var principal = new RegistryPrincipal(caller, claims.getClaimsMap());
      return new CredentialValidationResult(principal, Groups.of(caller));
    } catch (MalformedClaimException e) {
      throw new ProblemException(ProblemType.INVALID_TOKEN, "Log in again.", e);
    }
  }

  private static String subject(JwtClaims claims) {
    return claims.getClaimValueAsString("sub");
  }
}
