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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.login.LoginAnswer;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.readonly.WhileReadOnly;

/**
 * The device's side, then: it asks whether it may come in. A class of its own, since by the path of
 * the other one JAX-RS would take {@code token} for a code.
 */
@Path("auth/device/token")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class DeviceTokenResource {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final int MAX_CODE = 100;

  @Inject private DeviceRequests requests;
  @Inject private DeviceGrants grants;
  @Inject private HttpServletRequest servletRequest;

  /**
   * Lets a confirmed device in: 200, once; 400 {@code AUTHORIZATION_PENDING}, {@code SLOW_DOWN},
   * {@code ACCESS_DENIED}, {@code EXPIRED_TOKEN}, {@code INVALID_GRANT}.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "finishDeviceLogin",
      summary = "Ask whether the device may come in",
      description =
          "To be repeated at the interval that the start gave, while the answer is"
              + " AUTHORIZATION_PENDING.")
  @APIResponseSchema(
      value = LoginAnswer.class,
      responseCode = "200",
      responseDescription = "Somebody confirmed the device: its login token, this once.")
  @PermitAll
  @Needs({})
  @WhileReadOnly
  public Response token(DeviceTokenRequest request) {
    var faults = new Faults();
    faults.required("device_code", request.deviceCode(), DeviceTokenResource::code);
    faults.optional("grant_type", request.grantType(), DeviceTokenResource::grant);
    faults.throwIfAny();
    DeviceRequest device =
        requests
            .findByDeviceCode(request.deviceCode())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.INVALID_GRANT, "Begin again: this code is not known."));
    LoginAnswer answer = grants.ask(device, Origin.of(servletRequest)).orThrow();
    return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /** The same for clients that speak plain RFC 8628. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @APIResponseSchema(LoginAnswer.class)
  @PermitAll
  @Needs({})
  @WhileReadOnly
  public Response tokenByForm(
      @FormParam("device_code") String deviceCode, @FormParam("grant_type") String grantType) {
    return token(new DeviceTokenRequest(deviceCode, grantType));
  }

  private static String code(String text) {
    if (text.isEmpty() || text.length() > MAX_CODE) {
      throw new IllegalArgumentException("must be a code that POST /auth/device gave");
    }
    return text;
  }

  private static String grant(String text) {
    if (!text.equals(GRANT)) {
      throw new IllegalArgumentException("must be " + GRANT);
    }
    return text;
  }
}
