package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
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
        .map(found -> result(found, renewed(found.passwordHash(), found, login)))
        .orElse(CredentialValidationResult.INVALID_RESULT);
  }

  /**
   * Hashes the password anew where the parameters have risen since: only now is it known.
   *
   * @return the hash that is the account's now, unless somebody changed the password meanwhile
   */
  private String renewed(String hash, User user, UsernamePasswordCredential login) {
    if (!passwords.isOutdated(hash)) {
      return hash;
    }
    String renewed = passwords.hash(login.getPasswordAsString());
    if (users.changePassword(user.id(), hash, renewed)) {
      return renewed;
    }
    // Another login with the same password may have done it.
    String current = users.findByLogin(user.username()).map(User::passwordHash).orElse(null);
    return passwords.verify(login.getPasswordAsString(), current) ? current : hash;
  }

  private static CredentialValidationResult result(User user, String hash) {
    return new RegistryPrincipal(user.asCaller(), hash).valid();
  }
}
