package org.mdlibs.registry.device;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.PresentedToken;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.login.LoggedIn;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.readonly.WhileReadOnly;

/** The person's side: sees which device shows a code, and confirms or denies it. */
@Path("auth/device/{user_code}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ConfirmationResource {
  @Inject private DeviceRequests requests;
  @Inject private DeviceGrants grants;
  @Inject private HttpServletRequest servletRequest;

  /** The device: 200; 401; 403 for an API token; 404; 429 for somebody who guesses. */
  @GET
  @Operation(operationId = "getWaitingDevice", summary = "Show the device that displays a code")
  @APIResponseSchema(
      value = WaitingDevice.class,
      responseCode = "200",
      responseDescription = "The device that waits.")
  @RolesAllowed(Role.USER_NAME)
  @Needs({})
  public Response show(@PathParam("user_code") String text) {
    UserCode code = code(text);
    return Response.ok(WaitingDevice.of(find(code), code))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** The person's answer: 204; 400; 401; 403 for an API token; 404; 429. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "decideDeviceLogin", summary = "Confirm or deny a device")
  @APIResponse(responseCode = "204", description = "Noted.")
  @RolesAllowed(Role.USER_NAME)
  @Needs({})
  @WhileReadOnly
  public Response decide(@PathParam("user_code") String text, Decision decision) {
    DeviceRequest request = find(code(text));
    if (decision.approve() == null) {
      var faults = new Faults();
      faults.add("approve", "is required");
      faults.throwIfAny();
    }
    grants.decide(
        request,
        decision.approve(),
        Callers.of(servletRequest),
        login().id(),
        Origin.of(servletRequest));
    return Response.noContent().build();
  }

  private PresentedToken login() {
    return LoggedIn.require(servletRequest, "Log in for this: an API token cannot do it.");
  }

  private UserCode code(String text) {
    login();
    try {
      return UserCode.parse(text);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private DeviceRequest find(UserCode code) {
    Caller caller = Callers.of(servletRequest);
    String address = ClientAddress.of(servletRequest);
    requests.refuseGuessing(caller.id(), address);
    return requests
        .findWaiting(code)
        .orElseThrow(
            () -> {
              requests.noteMiss(caller.id(), address);
              return unknown();
            });
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.DEVICE_NOT_FOUND,
        "Compare the code with the one that the device shows: it may have expired.");
  }
}
