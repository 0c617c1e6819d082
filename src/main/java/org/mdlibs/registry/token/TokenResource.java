package org.mdlibs.registry.token;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.PresentedToken;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.http.Created;
import org.mdlibs.registry.name.Ids;
import org.mdlibs.registry.problem.Faults;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** The caller's own API tokens. */
@Path("auth/tokens")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class TokenResource {
  private static final int MAX_NAME = 100;

  @Inject private Tokens tokens;
  @Inject private RegistryConfig config;
  @Inject private Chance chance;
  @Inject private HttpServletRequest servletRequest;

  /**
   * Makes an API token: 201, the only answer that holds it; 400; 401; 403 for scopes that the
   * caller's own token lacks; 409 when the account has too many.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createToken",
      summary = "Make an API token",
      description = "The secret is in this one answer and never again.")
  @APIResponseSchema(
      value = TokenCreated.class,
      responseCode = "201",
      responseDescription = "The token, with its secret.")
  @APIResponse(responseCode = "409", description = "TOO_MANY_TOKENS.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public Response create(TokenRequest request) {
    Caller caller = Callers.of(servletRequest);
    var faults = new Faults();
    Optional<String> name = faults.required("name", request.name(), TokenResource::name);
    Set<Permission> permissions = permissions(request.scopes(), faults);
    Duration lifetime = lifetime(request.expiresInDays(), faults);
    for (Permission permission : permissions) {
      if (!caller.may(permission)) {
        throw new ProblemException(
            ProblemType.FORBIDDEN,
            "Leave out the scope '" + permission.wireName() + "': you do not have it yourself.");
      }
    }
    faults.throwIfAny();
    ApiSecret secret = ApiSecret.of(chance.bytes(ApiSecret.BYTES));
    Token made =
        tokens.create(
            caller,
            Callers.tokenOf(servletRequest).map(PresentedToken::id).orElse(null),
            secret,
            name.orElseThrow(),
            permissions,
            lifetime,
            Origin.of(servletRequest));
    return Created.at("/api/v1/auth/tokens/" + made.id())
        .entity(TokenCreated.of(made, secret))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static String name(String text) {
    String name = text.strip();
    int length = name.codePointCount(0, name.length());
    if (length < 1 || length > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "must be 1 to " + MAX_NAME + " characters, none of them a control character");
    }
    return name;
  }

  private static Set<Permission> permissions(List<String> scopes, Faults faults) {
    if (scopes == null) {
      return Set.of(Permission.READ);
    }
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    for (Permission permission : Permission.values()) {
      if (scopes.contains(permission.wireName())) {
        permissions.add(permission);
      }
    }
    if (scopes.isEmpty()
        || !Permission.ALL.stream().map(Permission::wireName).toList().containsAll(scopes)) {
      faults.add("scopes", "must be some of 'read', 'publish', 'manage', 'admin'");
    }
    return permissions;
  }

  private Duration lifetime(Integer days, Faults faults) {
    int most = config.tokens().apiMaxDays();
    if (days != null && (days < 1 || days > most)) {
      faults.add("expires_in_days", String.format(Locale.ROOT, "must be 1 to %d", most));
    }
    return Duration.ofDays(days == null ? most : days);
  }

  /** Lists the API tokens that were not revoked: 200; 401; 403. */
  @GET
  @Operation(operationId = "listTokens", summary = "List the own API tokens")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public TokenList list() {
    return TokenList.of(tokens.apiTokens(Callers.of(servletRequest).id()));
  }

  /** Revokes an API token: 204, also when it was before; 401; 403; 404 for another's. */
  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "revokeToken",
      summary = "Revoke an own API token",
      description = "The same answer for one that was revoked before.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public void revoke(@PathParam("id") String id) {
    Caller caller = Callers.of(servletRequest);
    Token token =
        Ids.parse(id)
            .flatMap(tokens::find)
            .filter(found -> found.userId().equals(caller.id()) && found.kind().equals("api"))
            .orElseThrow(TokenResource::notFound);
    tokens.revoke(token.id(), caller, Origin.of(servletRequest));
  }

  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.TOKEN_NOT_FOUND, "Choose one of the tokens that the list shows.");
  }
}
