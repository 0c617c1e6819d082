package org.mdlibs.registry.webhook;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Ends the sending when the registry stops: the clockwork would go on until the connections to the
 * database are gone from under it.
 */
public class CourierEnd implements ServletContextListener {
  @Inject private Courier courier;

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    courier.stop();
  }
}
