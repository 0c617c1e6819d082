package org.mdlibs.registry.device;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.CalledUrl;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.limit.BucketKey;
import org.mdlibs.registry.limit.RateLimits;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.readonly.WhileReadOnly;

/** The device's side, first: it asks for codes. By JSON, or by the forms of RFC 8628. */
@Path("auth/device")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class DeviceResource {
  private static final int MAX_NAME = 100;

  @Inject private DeviceRequests requests;
  @Inject private RegistryConfig config;
  @Inject private RateLimits limits;
  @Inject private HttpServletRequest servletRequest;

  /** Gives a device its codes: 200; 400; 429. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "startDeviceLogin",
      summary = "Begin the login of a device",
      description = "Device authorization of RFC 8628, as JSON or as its form.")
  @APIResponseSchema(
      value = DeviceCodes.class,
      responseCode = "200",
      responseDescription = "What the device shows, and what it asks with.")
  @PermitAll
  @Needs({})
  @WhileReadOnly
  public Response start(DeviceStart start) {
    var faults = new Faults();
    String name =
        start.clientName() == null
            ? "a device"
            : faults.optional("client_name", start.clientName(), DeviceResource::name).orElse("");
    Set<Permission> scopes = EnumSet.noneOf(Permission.class);
    for (String scope : start.scopes() == null ? List.of("read") : start.scopes()) {
      faults.optional("scopes", scope, DeviceResource::scope).ifPresent(scopes::add);
    }
    faults.throwIfAny();
    limits.require(BucketKey.ofLogin(servletRequest));
    DeviceRequests.Codes codes =
        DatabaseFailure.retryWhenARivalWins(
            () -> requests.add(name, scopes, ClientAddress.of(servletRequest)));
    String page = config.url().orElseGet(() -> CalledUrl.of(servletRequest)) + "/device";
    return Response.ok(
            new DeviceCodes(
                codes.deviceCode(),
                codes.userCode().toString(),
                page,
                page + "?user_code=" + codes.userCode(),
                (int) DeviceRequest.LIFE.toSeconds(),
                DeviceRequest.INTERVAL_SECONDS))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** The same for clients that speak plain RFC 8628. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @APIResponseSchema(DeviceCodes.class)
  @PermitAll
  @Needs({})
  @WhileReadOnly
  public Response startByForm(
      @FormParam("client_id") String clientId, @FormParam("scope") String scope) {
    return start(
        new DeviceStart(clientId, scope == null ? null : List.of(scope.strip().split("\\s+", -1))));
  }

  private static String name(String text) {
    if (text.isBlank()
        || text.codePointCount(0, text.length()) > MAX_NAME
        || text.codePoints().anyMatch(DeviceResource::isInvisible)) {
      throw new IllegalArgumentException("must be 1 to 100 visible characters");
    }
    return text.strip();
  }

  /** Controls, and marks that turn the direction of writing: a name must look as it is. */
  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }

  private static Permission scope(String text) {
    for (Permission permission : Permission.values()) {
      if (permission.wireName().equals(text)) {
        return permission;
      }
    }
    throw new IllegalArgumentException("must be of read, publish, manage, admin");
  }
}
