package org.mdlibs.registry.publish;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.archive.ArchiveLimits;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.library.Libraries;
import org.mdlibs.registry.library.VersionDetails;
import org.mdlibs.registry.problem.Faults;

/** Publishes a version. */
@Path("libraries")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PublishResource {
  @Inject private Publishing publishing;
  @Inject private RegistryConfig config;
  @Inject private HttpServletRequest request;

  /**
   * Publishes the archive of the request's form; 201, or 200 with {@code ?dry_run=true}, which
   * stores nothing. 400, 401, 403, 404, 409, 413, 415, 422, 503, 507.
   */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.PUBLISH)
  public Response publish(@QueryParam("dry_run") @DefaultValue("false") String dryRun)
      throws IOException {
    Caller caller = Callers.of(request);
    boolean dry = Faults.flag("dry_run", dryRun);
    try (PublishForm form = PublishForm.read(request, config.uploads(), limits())) {
      if (dry) {
        return Response.ok(publishing.rehearse(caller, Origin.of(request), form)).build();
      }
      Libraries.Release release = publishing.publish(caller, Origin.of(request), form);
      return Response.created(URI.create(VersionDetails.path(release.library(), release.version())))
          .entity(VersionDetails.of(release.library(), release.version(), caller.username()))
          .build();
    }
  }

  private ArchiveLimits limits() {
    return new ArchiveLimits(
        config.maxArchiveBytes(),
        config.maxUnpackedBytes(),
        config.maxEntries(),
        config.maxFileBytes());
  }
}
