package org.mdlibs.registry.log;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.problem.RequestId;

/**
 * Which request the current thread works for, so that every line that is logged meanwhile, by
 * whichever class, tells its id and its user. A listener, since servers tell of a request before
 * they authenticate it, and filters come after that.
 */
public class RequestContext implements ServletRequestListener {
  private static final String BEGIN = RequestContext.class.getName();
  private static final ThreadLocal<ServletRequest> CURRENT = new ThreadLocal<>();

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    ServletRequest request = event.getServletRequest();
    request.setAttribute(BEGIN, System.nanoTime());
    CURRENT.set(request);
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    CURRENT.remove();
  }

  /** When a request began, as {@link System#nanoTime} counts. */
  static long begin(ServletRequest request) {
    return request.getAttribute(BEGIN) instanceof Long nanos ? nanos : System.nanoTime();
  }

  /** The id of the current request, or null outside of one. */
  static String id() {
    ServletRequest request = CURRENT.get();
    return request == null ? null : RequestId.of(request);
  }

  /** Who makes the current request; null outside of one, and when nobody is known. */
  static String user() {
    ServletRequest request = CURRENT.get();
    if (request == null) {
      return null;
    }
    Caller caller = Callers.of(request);
    return caller.isAnonymous() ? null : caller.username();
  }
}
