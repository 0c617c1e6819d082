package org.mdlibs.registry.config;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.Session;

/**
 * Lets EclipseLink fail at once when the database is away. By itself it waits five seconds between
 * attempts, with the caller waiting behind it; the data source finds its way back without that.
 *
 * <p>By the older of two interfaces of this name: Payara Server brings an EclipseLink, and puts it
 * before the WAR's, that does not have the other yet.
 */
@SuppressWarnings("removal")
public class QuickFailure implements SessionCustomizer {
  @Override
  public void customize(Session session) {
    DatabaseLogin login = session.getLogin();
    login.setQueryRetryAttemptCount(1);
    login.setDelayBetweenConnectionAttempts(0);
  }
}
