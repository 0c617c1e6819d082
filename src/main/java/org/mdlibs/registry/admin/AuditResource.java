package org.mdlibs.registry.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.AuditEvent;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.AuditFilter;
import org.mdlibs.registry.audit.AuditLine;
import org.mdlibs.registry.json.PageLinks;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.problem.Faults;

/** Reads the audit log. Every operation: 400, 401, 403. */
@Path("admin/audit")
@ApplicationScoped
public class AuditResource {
  private static final int EXPORTED_AT_ONCE = 500;

  @Inject private AuditEvents events;
  @Inject private Clock clock;

  /**
   * The events by {@code actor}, {@code action}, {@code outcome}, {@code target}, {@code since} and
   * {@code until}, the newest first, paged. The {@code Link} header (RFC 8288) leads to the other
   * pages.
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "listAuditEvents",
      summary = "Read the audit log",
      description =
          "A page as JSON, the newest event first; or everything as `application/x-ndjson`, the"
              + " oldest first.")
  @APIResponseSchema(
      value = AuditPage.class,
      responseCode = "200",
      responseDescription = "A page of events; or all of them, a JSON object a line.")
  @Parameter(
      name = "actor",
      in = ParameterIn.QUERY,
      description = "The username of who acted.",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "action",
      in = ParameterIn.QUERY,
      description = "What was done.",
      schema = @Schema(type = SchemaType.STRING),
      example = "user.login")
  @Parameter(
      name = "outcome",
      in = ParameterIn.QUERY,
      schema =
          @Schema(
              type = SchemaType.STRING,
              enumeration = {"success", "failure", "denied"}))
  @Parameter(
      name = "target",
      in = ParameterIn.QUERY,
      description = "What it was done to.",
      schema = @Schema(type = SchemaType.STRING, maxLength = 1000))
  @Parameter(
      name = "since",
      in = ParameterIn.QUERY,
      description = "The earliest time.",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "until",
      in = ParameterIn.QUERY,
      description = "The time before which.",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(name = "page", in = ParameterIn.QUERY)
  @Parameter(name = "per_page", in = ParameterIn.QUERY)
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public Response page(@Context UriInfo uri) {
    var parameters = uri.getQueryParameters();
    var faults = new Faults();
    AuditFilter filter = AuditFilters.parse(parameters, faults);
    Paging paging =
        Paging.parse(parameters.getFirst("page"), parameters.getFirst("per_page"), faults);
    faults.throwIfAny();
    long counted = events.count(filter, Paging.MAX_ROW + 1);
    boolean capped = counted > Paging.MAX_ROW;
    var page =
        new AuditPage(
            events.newest(filter, paging.offset(), paging.perPage()).stream()
                .map(AuditPage.Entry::of)
                .toList(),
            capped ? Paging.MAX_ROW : counted,
            capped ? Boolean.TRUE : null,
            paging.page(),
            paging.perPage());
    return PageLinks.answer(page, page.total(), uri, "/api/v1/admin/audit", paging);
  }

  /**
   * All events that the same filters let through, up to now, the oldest first, one JSON object a
   * line. Takes the same memory however many they are; a client that reads slowly holds no
   * connection of the database.
   */
  @GET
  @Produces("application/x-ndjson;qs=0.5")
  @APIResponse(
      responseCode = "200",
      description = "A page of events; or all of them, a JSON object a line.",
      content =
          @Content(mediaType = "application/x-ndjson", schema = @Schema(type = SchemaType.STRING)))
  @RolesAllowed(Role.ADMIN_NAME)
  @Needs(Permission.ADMIN)
  public Response export(@Context UriInfo uri) {
    var faults = new Faults();
    AuditFilter filter = AuditFilters.parse(uri.getQueryParameters(), faults);
    faults.throwIfAny();
    AuditFilter ending = filter.endingBy(clock.instant());
    StreamingOutput lines = out -> export(ending, out);
    return Response.ok(lines, "application/x-ndjson")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Content-Disposition", "attachment; filename=\"audit.ndjson\"")
        .build();
  }

  private void export(AuditFilter filter, OutputStream out) throws IOException {
    AuditEvent last = null;
    List<AuditEvent> page;
    do {
      page = events.following(filter, last, EXPORTED_AT_ONCE);
      for (AuditEvent event : page) {
        out.write((AuditLine.of(event) + "\n").getBytes(StandardCharsets.US_ASCII));
        last = event;
      }
      out.flush();
    } while (page.size() == EXPORTED_AT_ONCE);
  }
}
