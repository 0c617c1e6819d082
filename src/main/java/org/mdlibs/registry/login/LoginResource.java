package org.mdlibs.registry.login;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.limit.BucketKey;
import org.mdlibs.registry.limit.RateLimits;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.readonly.WhileReadOnly;
import org.mdlibs.registry.token.LoginTokens;

/** Exchanges a password for a login token. */
@Path("auth/login")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LoginResource {
  private static final int MAX_USERNAME = 255;
  private static final int MAX_PASSWORD = 200;

  @Inject private IdentityStoreHandler stores;
  @Inject private Logins logins;
  @Inject private Sessions sessions;
  @Inject private SameOrigin sameOrigin;
  @Inject private RateLimits limits;
  @Inject private HttpServletRequest servletRequest;

  /**
   * Logs in: 200; 400; 401 for an unknown user, a wrong password and a suspended account alike; 403
   * where the page of another site asks for a session; 429 when too many failed, or tried; 503 when
   * too many try at once.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "login",
      summary = "Log in with a password",
      description = "The answer holds a login token, or with `cookie` begins a browser session.")
  @APIResponseSchema(
      value = LoginAnswer.class,
      responseCode = "200",
      responseDescription = "Logged in.")
  @PermitAll
  @Needs({})
  @WhileReadOnly
  public Response login(LoginRequest request) {
    var faults = new Faults();
    faults.required("username", request.username(), text -> bounded(text, MAX_USERNAME));
    faults.required("password", request.password(), LoginResource::password);
    faults.throwIfAny();
    if (Boolean.TRUE.equals(request.cookie())) {
      sameOrigin.check(servletRequest);
    }
    Attempt attempt = Attempt.of(request.username(), ClientAddress.of(servletRequest));
    Origin origin = Origin.of(servletRequest);
    logins.requireFew(attempt);
    limits.require(BucketKey.ofLogin(attempt.name(), servletRequest));
    var credential = new UsernamePasswordCredential(request.username(), request.password());
    CredentialValidationResult result = stores.validate(credential);
    if (result.getStatus() != CredentialValidationResult.Status.VALID
        || !(result.getCallerPrincipal() instanceof RegistryPrincipal principal)) {
      throw failed(attempt, origin);
    }
    LoginTokens.Issued issued =
        logins
            .succeed(attempt, principal.caller(), principal.passwordHash(), origin)
            .orElseThrow(() -> failed(attempt, origin));
    UUID id = principal.caller().id();
    String username = principal.caller().username();
    if (!Boolean.TRUE.equals(request.cookie())) {
      return Response.ok(LoginAnswer.of(issued, id, username))
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .build();
    }
    var response =
        Response.ok(LoginAnswer.ofSession(issued, id, username))
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
    sessions.begin(issued).forEach(cookie -> response.header(HttpHeaders.SET_COOKIE, cookie));
    return response.build();
  }

  private ProblemException failed(Attempt attempt, Origin origin) {
    logins.fail(attempt, AuditAction.USER_LOGIN, null, origin);
    return new ProblemException(
        ProblemType.INVALID_CREDENTIALS, "Check username and password, and try again.");
  }

  /** Reads a password that is to be tried. */
  static String password(String text) {
    return bounded(text, MAX_PASSWORD);
  }

  private static String bounded(String text, int most) {
    if (text.isEmpty() || text.codePointCount(0, text.length()) > most) {
      throw new IllegalArgumentException("must be 1 to " + most + " characters");
    }
    return text;
  }
}
