package org.mdlibs.registry.login;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.config.RegistryConfig;

/** Tells how one can log in here. */
@Path("auth/methods")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LoginMethodsResource {
  @Inject private RegistryConfig config;

  /** The ways in: 200. */
  @GET
  @Operation(operationId = "getLoginMethods", summary = "Tell how to log in here")
  @PermitAll
  @Needs({})
  public LoginMethods methods() {
    return new LoginMethods(
        true, config.oidc().map(provider -> "/api/v1/auth/oidc/login").orElse(null));
  }
}
