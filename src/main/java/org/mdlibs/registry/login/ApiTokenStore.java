package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.sql.SQLException;
import java.util.Map;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.ApiSecret;
import org.mdlibs.registry.token.Bearers;

/** Knows callers by their API tokens. One whose checksum is wrong costs no query. */
@ApplicationScoped
public class ApiTokenStore implements IdentityStore {
  @Inject private Bearers bearers;

  @Override
  public int priority() {
    return 5;
  }

  /**
   * Finds the bearer of an API token.
   *
   * @throws ProblemException {@link ProblemType#INVALID_TOKEN}, {@link ProblemType#TOKEN_EXPIRED}
   */
  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (!(credential instanceof BearerCredential bearer) || !bearer.isApiToken()) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    ApiSecret secret =
        ApiSecret.parse(bearer.token())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.INVALID_TOKEN, "Copy the API token again: it is mistyped."));
    try {
      return new RegistryPrincipal(bearers.ofApi(secret), Map.of()).valid();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
