package org.mdlibs.registry.start;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.user.Email;
import org.mdlibs.registry.user.Passwords;
import org.mdlibs.registry.user.Users;

/** The administrator of an empty database. */
@ApplicationScoped
public class FirstAdministrator {
  private static final int PASSWORD_LENGTH = 20;

  @Inject private RegistryConfig config;
  @Inject private Users users;
  @Inject private Passwords passwords;
  @Inject private Chance chance;

  /**
   * Makes the account when there is none at all; a password that no setting gives is random, and
   * told once.
   *
   * @return the administrator's name, with the password when it was made just now
   */
  public String make() {
    RegistryConfig.FirstAdministrator wanted = config.firstAdministrator();
    if (!users.isEmpty()) {
      return users.firstAdministrator().orElse("none");
    }
    Scope username = Scope.parse(wanted.username());
    String password = wanted.password().orElseGet(() -> chance.word(PASSWORD_LENGTH));
    try {
      users.register(username, new Email(wanted.email()), passwords.hash(password), Role.ADMIN);
    } catch (ProblemException e) {
      // Another node that starts at this moment made it, and tells its password.
      return users.firstAdministrator().orElseThrow(() -> e);
    }
    if (wanted.password().isPresent()) {
      return username.value();
    }
    Startup.notice(
        "The first administrator is '%s' with the password '%s'. It is shown this once: change it."
            .formatted(username, password));
    return username.value();
  }
}
