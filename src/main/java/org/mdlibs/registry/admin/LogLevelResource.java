package org.mdlibs.registry.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.LogLevel;
import org.mdlibs.registry.log.LogLevels;
import org.mdlibs.registry.problem.Faults;

/**
 * The levels of the log, of the node that answers and until it stops. Every operation: 401, 403.
 */
@Path("admin/log-level")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LogLevelResource {
  @Inject private LogLevels levels;
  @Inject private AuditEvents events;
  @Inject private HttpServletRequest request;

  /** The levels. */
  @GET
  @Operation(
      operationId = "getLogLevel",
      summary = "Show the levels of the log",
      description = "Of the node that answers.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public LogLevelState get() {
    var loggers = new TreeMap<String, String>();
    levels.own().forEach((name, level) -> loggers.put(name, level.name()));
    return new LogLevelState(levels.level().name(), loggers);
  }

  /** Changes the level of one logger, or of all, which then have none of their own: 200; 400. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeLogLevel",
      summary = "Change a level of the log",
      description = "Of the node that answers, until it stops. Without a logger, of all.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public LogLevelState change(LogLevelChange wanted) {
    var faults = new Faults();
    LogLevel level = faults.required("level", wanted.level(), LogLevelResource::parse).orElse(null);
    String logger = faults.optional("logger", wanted.logger(), LogLevels::check).orElse(null);
    faults.throwIfAny();
    // First the event: nobody changes unseen what is seen.
    events.record(
        Origin.of(request),
        Callers.of(request),
        AuditAction.LOG_LEVEL_CHANGED,
        Outcome.SUCCESS,
        "log:" + (logger == null ? LogLevels.REGISTRY : logger),
        "to " + level);
    if (logger == null) {
      levels.setAll(level);
    } else {
      levels.set(logger, level);
    }
    return get();
  }

  private static LogLevel parse(String text) {
    return LogLevel.parse(text)
        .orElseThrow(
            () -> new IllegalArgumentException("must be 'ERROR', 'WARN', 'INFO' or 'DEBUG'"));
  }
}
