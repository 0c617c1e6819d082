package org.mdlibs.registry.library;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mdlibs.registry.access.Access.Action;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.library.LibraryChanges.Actor;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.name.Version;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.storage.BlobKey;
import org.mdlibs.registry.storage.Blobs;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Quotas;
import org.mdlibs.registry.user.Users;

/** Changes a library: its settings, its scope, the standing of its versions. */
@Path("libraries/{scope}/{name}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LibraryChangeResource {
  private static final Logger LOG = Logger.getLogger(LibraryChangeResource.class.getName());
  private static final int VERSIONS_SHOWN = 100;

  @Inject private Libraries libraries;
  @Inject private LibraryChanges changes;
  @Inject private LibraryAccess access;
  @Inject private Users users;
  @Inject private Blobs blobs;
  @Inject private HttpServletRequest request;

  /** Changes visibility and deprecation: 200; 400, 401, 403, 404, 410. */
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeLibrary",
      summary = "Change visibility and deprecation of a library",
      description = "Members that are left out stay as they are.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public LibraryDetails change(
      @PathParam("scope") String scope, @PathParam("name") String name, LibraryChange change) {
    Library library = access.get(Callers.of(request), Action.MANAGE, scope, name);
    LibraryChange.Parsed parsed = change.parse();
    access.requireNotEmpty(library);
    return details(changes.change(library, parsed, actor()));
  }

  private LibraryDetails details(Library library) {
    return LibraryDetails.of(library, libraries.versions(library.id(), 0, VERSIONS_SHOWN));
  }

  /**
   * Moves the library to a scope that the caller administers too: 200; 400, 401, 403, also for a
   * full quota, 404, 409, 410.
   */
  @POST
  @Path("transfer")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "transferLibrary",
      summary = "Move a library to another scope",
      description = "Old references lead to the new one for ever.")
  @APIResponse(
      responseCode = "409",
      description = "LIBRARY_EXISTS or LIBRARY_MOVED in the new scope.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public LibraryDetails transfer(
      @PathParam("scope") String scope, @PathParam("name") String name, TransferRequest wanted) {
    Caller caller = Callers.of(request);
    Library library = access.get(caller, Action.MANAGE, scope, name);
    var faults = new Faults();
    Optional<Scope> target = faults.required("scope", wanted.scope(), Scope::parse);
    faults.throwIfAny();
    Namespace namespace = target(caller, target.orElseThrow());
    access.requireNotEmpty(library);
    return details(
        DatabaseFailure.retryWhenARivalWins(() -> changes.transfer(library, namespace, actor())));
  }

  private Namespace target(Caller caller, Scope scope) {
    Namespace namespace =
        users
            .findNamespace(scope)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.SCOPE_NOT_FOUND,
                        "Name a team that you administer: there is no scope '" + scope + "'."));
    if (!caller.administers(namespace.id()) && !caller.isAdministrator()) {
      throw new ProblemException(
          ProblemType.FORBIDDEN,
          "Move it to a team that you administer: '" + scope + "' is not one.");
    }
    if (namespace.isClosed()) {
      throw Quotas.closed(namespace);
    }
    return namespace;
  }

  /** Deletes a version for good: 204; 401, 403, 404, 410. Its number is never given out again. */
  @DELETE
  @Path("{version}")
  @Operation(
      operationId = "deleteVersion",
      summary = "Delete a version for good",
      description = "Its number is never given out again.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public void delete(
      @PathParam("scope") String scope,
      @PathParam("name") String name,
      @PathParam("version") String version) {
    Library library = access.get(Callers.of(request), Action.MANAGE, scope, name);
    Version number = LibraryAccess.parseVersion(version);
    BlobKey blob = changes.delete(library, number, actor());
    try {
      blobs.remove(blob);
    } catch (ProblemException e) {
      // Without its row the blob is an orphan, which does no harm and is collected.
      LOG.log(Level.WARNING, e, () -> "left behind blob=" + blob.value());
    }
  }

  /** Lets {@code latest} and ranges pass over a version: 204; 401, 403, 404, 410. */
  @PUT
  @Path("{version}/yank")
  @Operation(
      operationId = "yankVersion",
      summary = "Yank a version",
      description = "`latest` and ranges pass over it; its exact number still downloads.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.PUBLISH)
  public void yank(
      @PathParam("scope") String scope,
      @PathParam("name") String name,
      @PathParam("version") String version) {
    yank(scope, name, version, true);
  }

  /** Takes a yank back: 204; 401, 403, 404, 410. */
  @DELETE
  @Path("{version}/yank")
  @Operation(operationId = "unyankVersion", summary = "Take a yank back")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.PUBLISH)
  public void unyank(
      @PathParam("scope") String scope,
      @PathParam("name") String name,
      @PathParam("version") String version) {
    yank(scope, name, version, false);
  }

  private void yank(String scope, String name, String version, boolean yanked) {
    Library library = access.get(Callers.of(request), Action.PUBLISH, scope, name);
    changes.yank(library, LibraryAccess.parseVersion(version), yanked, actor());
  }

  private Actor actor() {
    return new Actor(Callers.of(request), Origin.of(request));
  }
}
