package org.mdlibs.registry.access;

import java.util.Set;
import java.util.UUID;

/**
 * Who makes a request, with what the database said of him at its beginning.
 *
 * @param id the user; the nil UUID for an anonymous caller
 * @param username the user's scope
 * @param role what he is in the registry
 * @param permissions what his token lets him do at most
 */
public record Caller(UUID id, String username, Role role, Set<Permission> permissions) {
  /** A caller without credentials. */
  public static final Caller ANONYMOUS =
      new Caller(new UUID(0, 0), "", Role.USER, Set.of(Permission.READ));

  public Caller {
    permissions = Set.copyOf(permissions);
  }

  /** Whether the caller gave no credentials. */
  public boolean isAnonymous() {
    return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0;
  }

  /** Whether the caller acts as an administrator of the registry. */
  public boolean isAdministrator() {
    return role == Role.ADMIN && permissions.contains(Permission.ADMIN);
  }

  /** Whether a namespace is the caller's own. */
  public boolean owns(UUID namespace) {
    return !isAnonymous() && id.equals(namespace);
  }
}
