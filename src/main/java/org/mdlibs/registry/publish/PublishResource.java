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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.archive.ArchiveLimits;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.http.Created;
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

  /**
   * As the filters hand it on: that of CDI is the server's own, whose body they may not have seen.
   */
  @Context private HttpServletRequest request;

  /**
   * Publishes the archive of the request's form; 201, or 200 with {@code ?dry_run=true}, which
   * stores nothing. 400, 401, 403, 404, 409, 413, 415, 422, 503, 507.
   */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      operationId = "publishVersion",
      summary = "Publish a version of a library",
      description =
          "The archive is a gzipped tar. Fields that are left out are read from the manifest in the"
              + " archive.")
  @APIResponseSchema(
      value = VersionDetails.class,
      responseCode = "201",
      responseDescription = "The version is published.")
  @APIResponse(
      responseCode = "200",
      description = "With `dry_run`: what would happen. Nothing was stored.",
      content = @Content(schema = @Schema(implementation = DryRun.class)))
  @APIResponse(responseCode = "404", description = "SCOPE_NOT_FOUND.")
  @APIResponse(
      responseCode = "409",
      description = "VERSION_EXISTS, also for the number of a deleted version; LIBRARY_MOVED.")
  @APIResponse(responseCode = "413", description = "ARCHIVE_TOO_LARGE or BODY_TOO_LARGE.")
  @APIResponse(
      responseCode = "422",
      description = "The archive or what is said of it is not valid.")
  @APIResponse(responseCode = "507", description = "STORAGE_FULL.")
  @Parameter(
      name = "dry_run",
      description = "Whether everything is checked and nothing stored.",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema =
                  @Schema(
                      type = SchemaType.OBJECT,
                      requiredProperties = "file",
                      properties = {
                        @SchemaProperty(
                            name = "file",
                            type = SchemaType.STRING,
                            format = "binary",
                            description = "The archive, a .tar.gz."),
                        @SchemaProperty(
                            name = "scope",
                            type = SchemaType.STRING,
                            description = "The own scope when left out."),
                        @SchemaProperty(name = "name", type = SchemaType.STRING),
                        @SchemaProperty(name = "version", type = SchemaType.STRING),
                        @SchemaProperty(name = "description", type = SchemaType.STRING),
                        @SchemaProperty(name = "license", type = SchemaType.STRING),
                        @SchemaProperty(
                            name = "tags",
                            type = SchemaType.ARRAY,
                            implementation = String.class),
                        @SchemaProperty(
                            name = "visibility",
                            type = SchemaType.STRING,
                            enumeration = {"public", "private"})
                      })))
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
      return Created.at(VersionDetails.path(release.library(), release.version()))
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
