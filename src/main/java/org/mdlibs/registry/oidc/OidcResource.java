package org.mdlibs.registry.oidc;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.login.Sessions;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.LoginTokens;

/** Signs browsers on through the OpenID provider. */
@Path("auth/oidc")
@ApplicationScoped
public class OidcResource {
  @Inject private SigningOn signingOn;
  @Inject private SignOnCookie cookie;
  @Inject private Sessions sessions;
  @Inject private Provider provider;
  @Inject private RegistryConfig config;
  @Inject private HttpServletRequest servletRequest;

  /**
   * Sends the browser to the provider: 302; 400 for a target elsewhere; 404 where no provider is
   * configured; 503.
   *
   * @param redirect the path to go to at the end; the root when absent
   */
  @GET
  @Path("login")
  @Operation(
      operationId = "beginSingleSignOn",
      summary = "Begin the single sign-on",
      description = "For browsers: leads to the OpenID provider.")
  @APIResponse(responseCode = "302", description = "The provider, in `Location`.")
  @Parameter(
      name = "redirect",
      description = "The path to go to at the end.",
      schema = @Schema(type = SchemaType.STRING, defaultValue = "/"),
      example = "/device/")
  @PermitAll
  @Needs({})
  public Response login(@QueryParam("redirect") String redirect) {
    provider.settings();
    var faults = new Faults();
    String target = faults.optional("redirect", redirect, LocalPath::parse).orElse("/");
    faults.throwIfAny();
    SigningOn.Begun begun = signingOn.begin(target);
    return Response.status(Response.Status.FOUND)
        .location(begun.address())
        .header(HttpHeaders.SET_COOKIE, cookie.set(begun.signOn()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /**
   * Takes the browser back: 302 to where it began, with the session's cookie; 400 for an answer
   * that does not belong to this browser's sign-on; 403 when the provider or the registry refuses;
   * 503. A person gets the refusals as a page. The sign-on is over in every case.
   */
  @GET
  @Path("callback")
  @Operation(
      operationId = "endSingleSignOn",
      summary = "Take a browser back from the provider",
      description = "The provider leads browsers here; nobody calls it by hand.")
  @APIResponse(
      responseCode = "302",
      description = "Where the sign-on began, with the cookies of a session.")
  @Parameter(name = "code", description = "The code of the provider.")
  @Parameter(name = "state", description = "What the sign-on began with.")
  @Parameter(name = "error", description = "Why the provider let nobody in.")
  @Parameter(name = "iss", description = "Who the provider says it is (RFC 9207).")
  @PermitAll
  @Needs({})
  public Response callback(
      @QueryParam("code") String code,
      @QueryParam("state") String state,
      @QueryParam("error") String error,
      @QueryParam("iss") String issuer) {
    try {
      String known = provider.settings().issuer();
      SignOn signOn =
          cookie
              .find(servletRequest)
              .filter(found -> found.hasState(state) && (issuer == null || issuer.equals(known)))
              .orElseThrow(() -> invalid("this browser began none, or another"));
      if (signingOn.isLate(signOn)) {
        throw invalid("it took too long");
      }
      if (error != null) {
        throw new ProblemException(
            ProblemType.SIGN_ON_REFUSED, "Begin again: the provider let nobody in.");
      }
      LoginTokens.Issued issued =
          signingOn.end(
              signOn,
              Optional.ofNullable(code).orElseThrow(() -> invalid("there is no code")),
              Origin.of(servletRequest));
      return arrival(signOn.target(), issued);
    } catch (ProblemException e) {
      return Refusal.of(e, servletRequest, cookie.clear());
    }
  }

  private Response arrival(String target, LoginTokens.Issued issued) {
    var response =
        Response.status(Response.Status.FOUND)
            .location(URI.create(config.url().orElseThrow() + target))
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header(HttpHeaders.SET_COOKIE, cookie.clear());
    sessions.begin(issued).forEach(value -> response.header(HttpHeaders.SET_COOKIE, value));
    return response.build();
  }

  private static ProblemException invalid(String reason) {
    return new ProblemException(
        ProblemType.SIGN_ON_INVALID, "Begin the single sign-on again: " + reason + ".");
  }
}
