package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import javax.naming.NamingException;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.LdapConfig;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.ExternalAccounts;
import org.mdlibs.registry.user.ExternalIdentity;
import org.mdlibs.registry.user.GroupRules;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/**
 * Knows callers by their password in the directory. It is asked about accounts of the directory and
 * names that no account has; a password typed for any other account never reaches the directory.
 */
@ApplicationScoped
public class LdapStore implements IdentityStore {
  private static final Logger LOG = Logger.getLogger(LdapStore.class.getName());

  @Inject private RegistryConfig config;
  @Inject private Users users;
  @Inject private ExternalAccounts accounts;
  @Inject private HttpServletRequest request;

  @Override
  public int priority() {
    return 30;
  }

  /**
   * Verifies a name and a password.
   *
   * @throws ProblemException {@link ProblemType#DIRECTORY_UNAVAILABLE}, {@link
   *     ProblemType#ACCOUNT_REFUSED}
   */
  @Override
  public CredentialValidationResult validate(Credential credential) {
    Optional<LdapConfig> ldap = config.ldap();
    if (ldap.isEmpty() || !(credential instanceof UsernamePasswordCredential login)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    Optional<User> owner = users.findByLogin(login.getCaller());
    if (owner.isPresent() && !ExternalIdentity.LDAP.equals(owner.get().issuer())) {
      tellClash(ldap.get(), owner.get());
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    return authenticate(ldap.get(), login, owner)
        .map(entry -> accounts.signIn(identity(entry), rules(ldap.get()), Origin.of(request)))
        .filter(user -> !user.isSuspended())
        .map(LdapStore::result)
        .orElse(CredentialValidationResult.INVALID_RESULT);
  }

  private static Optional<LdapEntry> authenticate(
      LdapConfig ldap, UsernamePasswordCredential login, Optional<User> owner) {
    String password = login.getPasswordAsString();
    if (password.isEmpty() || login.getCaller().isBlank()) {
      return Optional.empty();
    }
    try (LdapDirectory directory = LdapDirectory.open(ldap)) {
      Optional<LdapEntry> entry = directory.findByName(login.getCaller());
      if (entry.isEmpty() && owner.isPresent()) {
        // Named by his address, or by a name that the directory has changed since.
        entry = directory.findById(owner.get().subject());
      }
      return entry.isPresent() && directory.authenticates(entry.get(), password)
          ? entry
          : Optional.empty();
    } catch (NamingException e) {
      LOG.warning(() -> "the directory does not answer: " + e);
      throw new ProblemException(
          ProblemType.DIRECTORY_UNAVAILABLE,
          "Try again in a moment; accounts of the registry itself can log in meanwhile.",
          e);
    }
  }

  /**
   * Somebody failed to log in to an account that is not the directory's. When the directory has
   * that name too, its owner cannot get in here, and an administrator has to know.
   */
  private void tellClash(LdapConfig ldap, User owner) {
    try (LdapDirectory directory = LdapDirectory.open(ldap)) {
      directory
          .findByName(owner.username())
          .ifPresent(
              entry ->
                  accounts.tellRefusal(
                      identity(entry),
                      Origin.of(request),
                      "The directory has the name '%s' too, and the account of that name here is not the directory's. Rename one of the two."
                          .formatted(owner.username())));
    } catch (NamingException e) {
      LOG.fine(() -> "the directory does not answer: " + e);
    }
  }

  /** Whom the directory says somebody is. */
  static ExternalIdentity identity(LdapEntry entry) {
    return new ExternalIdentity(
        ExternalIdentity.LDAP, entry.id(), entry.name(), entry.mail(), entry.groups());
  }

  /** What the directory's groups mean. */
  static GroupRules rules(LdapConfig ldap) {
    return new GroupRules(ldap.teamPrefix(), ldap.adminGroup());
  }

  private static CredentialValidationResult result(User user) {
    return new RegistryPrincipal(user.asCaller(), Map.of()).valid();
  }
}
