package org.mdlibs.registry.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;

/**
 * What somebody sees: everything that is public, and what is private in some scopes.
 *
 * @param all whether he sees everything
 * @param scopes whose private libraries he sees too, where he does not see all
 */
public record View(boolean all, List<UUID> scopes) {
  public View {
    scopes = List.copyOf(scopes);
  }

  static View of(Caller caller) {
    if (caller.isAnonymous()) {
      return new View(false, List.of());
    }
    if (caller.isAdministrator()) {
      return new View(true, List.of());
    }
    var scopes = new ArrayList<UUID>(caller.teams().keySet());
    scopes.add(caller.id());
    return new View(false, scopes);
  }

  /** Whether what is private in a scope is seen. */
  boolean sees(UUID scope) {
    return all || scopes.contains(scope);
  }
}
