package org.mdlibs.registry.account;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.logging.Logger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.http.Created;
import org.mdlibs.registry.limit.BucketKey;
import org.mdlibs.registry.limit.RateLimits;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.DatabaseFailure;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Email;
import org.mdlibs.registry.user.Emails;
import org.mdlibs.registry.user.Passwords;
import org.mdlibs.registry.user.User;

/** Registers accounts. */
@Path("auth/register")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RegistrationResource {
  private static final Logger LOG = Logger.getLogger(RegistrationResource.class.getName());

  @Inject private Registrations registrations;
  @Inject private HttpServletRequest servletRequest;
  @Inject private Passwords passwords;
  @Inject private RegistryConfig config;
  @Inject private Emails emails;
  @Inject private RateLimits limits;

  /**
   * Makes an account: 201; 400; 403 where registration is closed; 409 when a name is taken; 429.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "register", summary = "Register an account")
  @APIResponseSchema(
      value = Registered.class,
      responseCode = "201",
      responseDescription = "The account was made.")
  @APIResponse(
      responseCode = "403",
      description = "REGISTRATION_CLOSED where accounts are made by administrators alone.")
  @APIResponse(responseCode = "409", description = "USERNAME_TAKEN or EMAIL_TAKEN.")
  @PermitAll
  @Needs({})
  public Response register(RegisterRequest request) {
    if (!config.registrationOpen()) {
      throw new ProblemException(
          ProblemType.REGISTRATION_CLOSED, "Ask an administrator of this registry for an account.");
    }
    var faults = new Faults();
    Optional<Scope> username = faults.required("username", request.username(), Scope::parseNew);
    Optional<Email> email = faults.required("email", request.email(), emails::parse);
    String name = username.map(Scope::value).orElse("");
    faults.required("password", request.password(), text -> Passwords.check(text, name));
    faults.throwIfAny();
    limits.require(BucketKey.ofLogin(servletRequest));
    String hash = passwords.hash(request.password());
    User user =
        DatabaseFailure.retryWhenARivalWins(
            () ->
                registrations.register(
                    username.orElseThrow(), email.orElseThrow(), hash, Origin.of(servletRequest)));
    LOG.info(() -> "registered user=" + user.username());
    return Created.at("/api/v1/users/me").entity(Registered.of(user)).build();
  }
}
