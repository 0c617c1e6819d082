package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.sql.SQLException;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.Bearers;
import org.mdlibs.registry.token.LoginTokens;

/** Knows callers by the login tokens that this registry signed, while they are registered. */
@ApplicationScoped
public class LoginTokenStore implements IdentityStore {
  @Inject private LoginTokens loginTokens;
  @Inject private Bearers bearers;

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
    if (!(credential instanceof BearerCredential bearer) || bearer.isApiToken()) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    LoginTokens.Verified token = loginTokens.verify(bearer.token());
    try {
      Bearers.Bearer found = bearers.ofLogin(token.id());
      if (!found.caller().id().toString().equals(token.subject())) {
        throw new ProblemException(ProblemType.INVALID_TOKEN, "Log in again.");
      }
      return new RegistryPrincipal(found, token.claims()).valid();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
