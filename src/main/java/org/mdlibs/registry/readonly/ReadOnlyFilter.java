package org.mdlibs.registry.readonly;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Refuses writes while the registry is read-only, before anything of them is read: 503 {@code
 * READ_ONLY} with the reason. Who may not write at all hears that first.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
public class ReadOnlyFilter implements ContainerRequestFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

  @Context private ResourceInfo resource;
  @Inject private ReadOnly readOnly;

  @Override
  public void filter(ContainerRequestContext context) {
    Method method = resource.getResourceMethod();
    if (READING.contains(context.getMethod())
        || (method != null && method.isAnnotationPresent(WhileReadOnly.class))) {
      return;
    }
    readOnly
        .mode()
        .ifPresent(
            mode -> {
              throw new ProblemException(
                  ProblemType.READ_ONLY,
                  "Try again later: the registry takes no changes at present ("
                      + mode.reason()
                      + ").",
                  RETRY_AFTER);
            });
  }
}
