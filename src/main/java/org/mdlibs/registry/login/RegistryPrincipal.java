package org.mdlibs.registry.login;

import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.PresentedToken;
import org.mdlibs.registry.token.Bearers.Bearer;

/**
 * The container's view of a caller, as MicroProfile JWT shapes it; carries the registry's own.
 *
 * <p>The claims are those of a login token; other credentials have none.
 */
public class RegistryPrincipal extends CallerPrincipal implements JsonWebToken {
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient PresentedToken token;
  private final transient Map<String, Object> claims;
  private final transient String passwordHash;

  RegistryPrincipal(Caller caller, Map<String, Object> claims) {
    super(caller.username());
    this.caller = caller;
    this.token = null;
    this.claims = claims;
    this.passwordHash = null;
  }

  /** Whoever gave the password of a hash. */
  RegistryPrincipal(Caller caller, String passwordHash) {
    super(caller.username());
    this.caller = caller;
    this.token = null;
    this.claims = Map.of();
    this.passwordHash = passwordHash;
  }

  /** The bearer of a registered token. */
  RegistryPrincipal(Bearer bearer, Map<String, Object> claims) {
    super(bearer.caller().username());
    this.caller = bearer.caller();
    this.token = bearer.token();
    this.claims = claims;
    this.passwordHash = null;
  }

  /** What an identity store answers that knows him. */
  CredentialValidationResult valid() {
    return new CredentialValidationResult(this, Groups.of(caller));
  }

  /** The registered token that he came with, or null. */
  PresentedToken token() {
    return token;
  }

  /** The hash that his password was verified by; null where it is kept elsewhere, or was none. */
  String passwordHash() {
    return passwordHash;
  }

  /** Who it is. */
  Caller caller() {
    return caller;
  }

  @Override
  public Set<String> getClaimNames() {
    return claims.keySet();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> T getClaim(String claimName) {
    return (T) claims.get(claimName);
  }
}
