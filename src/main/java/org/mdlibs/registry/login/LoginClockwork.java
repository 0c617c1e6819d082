package org.mdlibs.registry.login;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.readonly.ReadOnly;

/** Removes old failures of logins. */
@Singleton
@DependsOn("Startup")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LoginClockwork {
  private static final Logger LOG = Logger.getLogger(LoginClockwork.class.getName());

  @Inject private Logins logins;
  @Inject private ReadOnly readOnly;

  /** Every minute, unless the registry is read-only. */
  @Schedule(hour = "*", minute = "*", second = "41", persistent = false)
  public void forget() {
    if (readOnly.isOn()) {
      return;
    }
    try {
      logins.forget();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "old failures of logins wait for the database", e);
    }
  }
}
