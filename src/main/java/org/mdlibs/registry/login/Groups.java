package org.mdlibs.registry.login;

import java.util.Set;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Role;

/** The container's groups of a caller: what {@code @RolesAllowed} asks for. */
final class Groups {
  private Groups() {}

  static Set<String> of(Caller caller) {
    return caller.isAdministrator()
        ? Set.of(Role.USER_NAME, Role.ADMIN_NAME)
        : Set.of(Role.USER_NAME);
  }
}
