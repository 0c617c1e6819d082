package org.mdlibs.registry.maintenance;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.readonly.WhileReadOnly;
import org.mdlibs.registry.storage.Blobs;

/**
 * Verifies the storage, and collects what belongs to no version. Both answer with one JSON document
 * at the end, or, when asked for {@code application/x-ndjson}, with a line for each finding as it
 * is found, for the progress, and for the end: that keeps a connection alive that goes through
 * proxies. Every operation: 400, 401, 403, 503.
 */
@Path("admin/storage")
@ApplicationScoped
public class StorageResource {
  private static final Logger LOG = Logger.getLogger(StorageResource.class.getName());
  private static final String LINES = "application/x-ndjson";

  @Resource(lookup = "java:app/jdbc/registry-read")
  private DataSource database;

  @Inject private Blobs blobs;
  @Inject private Clock clock;
  @Inject private AuditEvents events;
  @Inject private HttpServletRequest request;

  /** A run of either. */
  @FunctionalInterface
  private interface Run {
    Record to(Listener listener) throws IOException, SQLException;
  }

  /** Verifies; {@link Verification.Report} and the findings. */
  @POST
  @Path("verify")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "verifyStorage",
      summary = "Compare every archive with the database",
      description =
          "With `Accept: application/x-ndjson` it tells as it goes, a JSON object a line.")
  @APIResponseSchema(
      value = Findings.Document.class,
      responseCode = "200",
      responseDescription = "What was found.")
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  @WhileReadOnly
  public Response verify() throws IOException {
    return inOnePiece(verification());
  }

  /** Verifies, and tells as it goes. */
  @POST
  @Path("verify")
  @Produces(LINES + ";qs=0.5")
  @APIResponse(
      responseCode = "200",
      description = "What was found.",
      content =
          @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING)))
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  @WhileReadOnly
  public Response verifyAndTell() {
    return asItGoes(verification());
  }

  /**
   * Collects, or with {@code dry_run=true} tells what it would; {@link Collector.Report}. 409 when
   * it would remove more than it keeps, unless {@code force=true}.
   */
  @POST
  @Path("collect")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "collectStorage",
      summary = "Remove what belongs to no version",
      description =
          "With `Accept: application/x-ndjson` it tells as it goes, a JSON object a line.")
  @APIResponseSchema(
      value = Findings.Document.class,
      responseCode = "200",
      responseDescription = "What was removed.")
  @APIResponse(
      responseCode = "409",
      description = "COLLECTION_REFUSED when it would remove more than it keeps.")
  @Parameter(
      name = "dry_run",
      description = "Whether it only tells what it would remove.",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @Parameter(
      name = "force",
      description = "Whether it may remove more than it keeps.",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public Response collect(
      @QueryParam("dry_run") @DefaultValue("false") String dryRun,
      @QueryParam("force") @DefaultValue("false") String force)
      throws IOException {
    return inOnePiece(collection(dryRun, force));
  }

  /** Collects, and tells as it goes. */
  @POST
  @Path("collect")
  @Produces(LINES + ";qs=0.5")
  @APIResponse(
      responseCode = "200",
      description = "What was removed.",
      content =
          @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING)))
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public Response collectAndTell(
      @QueryParam("dry_run") @DefaultValue("false") String dryRun,
      @QueryParam("force") @DefaultValue("false") String force) {
    return asItGoes(collection(dryRun, force));
  }

  private Run verification() {
    return audited(
        AuditAction.STORAGE_VERIFIED,
        listener -> new Verification(database, blobs, clock).run(listener));
  }

  private Run collection(String dryRun, String force) {
    boolean rehearsal = Faults.flag("dry_run", dryRun);
    boolean forced = Faults.flag("force", force);
    Collector.Mode mode =
        rehearsal
            ? Collector.Mode.DRY_RUN
            : forced ? Collector.Mode.FORCED : Collector.Mode.CAREFUL;
    return audited(
        AuditAction.STORAGE_COLLECTED,
        listener -> new Collector(database, blobs, clock, mode).run(listener));
  }

  /** Whoever asked is known now; the run may go on in another thread. */
  private Run audited(AuditAction action, Run run) {
    Caller caller = Callers.of(request);
    Origin origin = Origin.of(request);
    return listener -> {
      Outcome outcome = Outcome.FAILURE;
      String detail = "broke off";
      try {
        Record report = run.to(listener);
        outcome = Outcome.SUCCESS;
        detail = report.toString();
        return report;
      } finally {
        record(origin, caller, action, outcome, detail);
      }
    };
  }

  /** What was done stays told also when the database is away by now. */
  private void record(
      Origin origin, Caller caller, AuditAction action, Outcome outcome, String detail) {
    try {
      events.record(origin, caller, action, outcome, "storage", detail);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, e, () -> "not audited: " + action.wireName() + " " + detail);
    }
  }

  private static Response inOnePiece(Run run) throws IOException {
    var findings = new Findings();
    try {
      Record report = run.to(findings);
      return Response.ok(findings.with(report))
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .build();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Response asItGoes(Run run) {
    StreamingOutput lines = out -> tell(run, out);
    return Response.ok(lines, LINES).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /** The status is sent already, so a failure has to be a line. */
  private static void tell(Run run, OutputStream out) throws IOException {
    var lines = new Lines(out);
    try {
      lines.write(run.to(lines));
    } catch (ProblemException e) {
      lines.write(Lines.Failed.because(e.getMessage()));
    } catch (SQLException | RuntimeException e) {
      LOG.log(Level.WARNING, e, () -> "the storage could not be looked through to its end");
      lines.write(Lines.Failed.because("The database does not answer: try again in a moment."));
    }
  }
}
