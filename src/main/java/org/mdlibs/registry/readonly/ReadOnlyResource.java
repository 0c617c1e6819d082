package org.mdlibs.registry.readonly;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.name.Description;
import org.mdlibs.registry.problem.Faults;

/** Tells, sets and lifts the read-only mode of all nodes. Every operation: 401, 403. */
@Path("admin/read-only")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ReadOnlyResource {
  private static final int MAX_REASON = 200;

  @Inject private ReadOnly readOnly;
  @Inject private ReadOnlyModes modes;
  @Inject private HttpServletRequest request;

  /** Whether the registry is read-only, and why: 200. */
  @GET
  @Operation(operationId = "getReadOnlyMode", summary = "Tell whether the registry is read-only")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public ReadOnlyDetails get() {
    return ReadOnlyDetails.of(readOnly.mode());
  }

  /** Makes it read-only, or gives another reason: 200; 400. Other nodes follow within a second. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "setReadOnlyMode",
      summary = "Make the registry read-only",
      description = "Other nodes follow within a second.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  @WhileReadOnly
  public ReadOnlyDetails set(ReadOnlyRequest wanted) {
    var faults = new Faults();
    String reason = faults.required("reason", wanted.reason(), ReadOnlyResource::reason).orElse("");
    faults.throwIfAny();
    modes.set(reason, Callers.of(request), Origin.of(request));
    readOnly.changed();
    return ReadOnlyDetails.of(readOnly.mode());
  }

  /** Lets writes in again, unless the settings do not: 204. */
  @DELETE
  @Operation(operationId = "liftReadOnlyMode", summary = "Let writes in again")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  @WhileReadOnly
  public void lift() {
    modes.lift(Callers.of(request), Origin.of(request));
    readOnly.changed();
  }

  private static String reason(String text) {
    String reason = text.strip();
    if (reason.isEmpty()
        || reason.codePointCount(0, reason.length()) > MAX_REASON
        || !Description.isPlain(reason)) {
      throw new IllegalArgumentException(
          "must be 1 to " + MAX_REASON + " characters, none of them a control character");
    }
    return reason;
  }
}
