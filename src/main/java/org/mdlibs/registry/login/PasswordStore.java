package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.registry.user.Passwords;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/**
 * Knows callers by username (or e-mail) and the password that the database keeps. An unknown user
 * takes as long as a wrong password.
 */
@ApplicationScoped
public class PasswordStore implements IdentityStore {
  @Inject private Users users;
  @Inject private Passwords passwords;

  @Override
  public int priority() {
    return 20;
  }

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (!(credential instanceof UsernamePasswordCredential login)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    Optional<User> user = users.findByLogin(login.getCaller());
    boolean right =
        passwords.verify(login.getPasswordAsString(), user.map(User::passwordHash).orElse(null));
    return user.filter(found -> right && !found.isExternal() && !found.isSuspended())
        .map(found -> renewed(found, login.getPasswordAsString()))
        .map(PasswordStore::result)
        .orElse(CredentialValidationResult.INVALID_RESULT);
  }

  /** Hashes the password anew where the parameters have risen since: only now is it known. */
  private User renewed(User user, String password) {
    if (passwords.isOutdated(user.passwordHash())) {
      users.changePassword(user.id(), user.passwordHash(), passwords.hash(password));
    }
    return user;
  }

  private static CredentialValidationResult result(User user) {
    return new RegistryPrincipal(user.asCaller(), Map.of()).valid();
  }
}
