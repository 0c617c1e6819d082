package org.mdlibs.registry.login;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.NamingException;
import javax.naming.directory.NoSuchAttributeException;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.LdapConfig;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.job.JobTurns;
import org.mdlibs.registry.readonly.ReadOnly;
import org.mdlibs.registry.user.ExternalAccounts;
import org.mdlibs.registry.user.ExternalIdentity;
import org.mdlibs.registry.user.ExternalUsers;
import org.mdlibs.registry.user.GroupRules;
import org.mdlibs.registry.user.User;

/**
 * Brings the accounts of the directory up to date every few minutes, so that who leaves it, or a
 * group, loses access without a login. One node does so each time. While the directory does not
 * answer nothing changes.
 */
@Singleton
@DependsOn("Startup")
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class LdapSync {
  private static final String JOB = "ldap.sync";
  private static final Logger LOG = Logger.getLogger(LdapSync.class.getName());

  @Resource private TimerService timers;
  @Inject private RegistryConfig config;
  @Inject private ExternalUsers users;
  @Inject private ExternalAccounts accounts;
  @Inject private ReadOnly readOnly;
  @Inject private JobTurns turns;

  @PostConstruct
  void schedule() {
    config
        .ldap()
        .ifPresent(
            ldap ->
                timers.createIntervalTimer(
                    ldap.sync().toMillis(), ldap.sync().toMillis(), new TimerConfig(null, false)));
  }

  /** Compares each account with its entry, unless the registry is read-only. */
  @Timeout
  public void run() {
    if (readOnly.isOn()) {
      return;
    }
    LdapConfig ldap = config.ldap().orElseThrow();
    // First, so that a node that cannot reach the directory leaves the turn to others.
    try (LdapDirectory directory = LdapDirectory.open(ldap)) {
      if (turns.take(JOB, ldap.sync())) {
        compare(directory, LdapStore.rules(ldap));
      }
    } catch (NamingException e) {
      LOG.warning(() -> "the directory does not answer, accounts stay as they are: " + e);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "accounts could not be compared with the directory", e);
    }
  }

  private void compare(LdapDirectory directory, GroupRules rules) throws NamingException {
    boolean done = false;
    try {
      for (User user : users.ofIssuer(ExternalIdentity.LDAP)) {
        try {
          follow(user, directory.findById(user.subject()), rules);
        } catch (NoSuchAttributeException e) {
          LOG.warning(
              () -> "user=%s stays as he is: %s".formatted(user.username(), e.getMessage()));
        }
      }
      done = true;
    } finally {
      if (!done) {
        turns.giveBack(JOB);
      }
    }
  }

  private void follow(User user, Optional<LdapEntry> entry, GroupRules rules) {
    if (entry.isEmpty()) {
      if (!user.isClosedBySource()) {
        users.close(user.id());
      }
      return;
    }
    ExternalIdentity identity = LdapStore.identity(entry.get());
    if (!users.isUpToDate(user, identity, rules)) {
      accounts.signIn(identity, rules, Origin.SYSTEM);
    }
  }
}
