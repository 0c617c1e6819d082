package org.mdlibs.registry.access;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who makes a request, with what the database said of him at its beginning.
 *
 * @param id the user; the nil UUID for an anonymous caller
 * @param username the user's scope
 * @param role what he is in the registry
 * @param permissions what his token lets him do at most
 * @param teams the teams that he is in, by their id, which is that of their namespace
 */
public record Caller(
    UUID id, String username, Role role, Set<Permission> permissions, Map<UUID, TeamRole> teams) {
  /** A caller without credentials. */
  public static final Caller ANONYMOUS =
      new Caller(new UUID(0, 0), "", Role.USER, Set.of(Permission.READ), Map.of());

  public Caller {
    permissions = Set.copyOf(permissions);
    teams = Map.copyOf(teams);
  }

  /** Whether the caller gave no credentials. */
  public boolean isAnonymous() {
    return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0;
  }

  /** Whether the caller acts as an administrator of the registry. */
  public boolean isAdministrator() {
    return role == Role.ADMIN && permissions.contains(Permission.ADMIN);
  }

  /** Whether the caller's token lets him do something. Whoever may publish may read. */
  public boolean may(Permission permission) {
    return permissions.contains(permission)
        || (permission == Permission.READ && permissions.contains(Permission.PUBLISH));
  }

  /** Whether a namespace is the caller's own, or that of a team that he is in. */
  public boolean belongsTo(UUID namespace) {
    return !isAnonymous() && (id.equals(namespace) || teams.containsKey(namespace));
  }

  /** Whether a namespace is the caller's own, or that of a team that he administers. */
  public boolean administers(UUID namespace) {
    return !isAnonymous() && (id.equals(namespace) || teams.get(namespace) == TeamRole.ADMIN);
  }
}
