package org.mdlibs.registry.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.mdlibs.registry.access.Access;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.name.Ids;
import org.mdlibs.registry.name.Scope;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.user.Users;

/** Finds scopes and their webhooks for a caller: those that he has no part in are absent. */
@ApplicationScoped
public class WebhookAccess {
  @Inject private Users users;
  @Inject private Webhooks webhooks;

  /**
   * A scope that the caller administers.
   *
   * @throws ProblemException {@link ProblemType#SCOPE_NOT_FOUND}; {@link ProblemType#FORBIDDEN} for
   *     a mere member of the team
   */
  Namespace scope(Caller caller, String text) {
    Namespace scope = parse(text).flatMap(users::findNamespace).orElseThrow(WebhookAccess::absent);
    return switch (Access.decide(caller, scope.id())) {
      case ALLOWED -> scope;
      case FORBIDDEN ->
          throw new ProblemException(
              ProblemType.FORBIDDEN, "Ask an admin of '" + scope.name() + "': you are not one.");
      default -> throw absent();
    };
  }

  private static Optional<Scope> parse(String text) {
    try {
      return Optional.of(Scope.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ProblemException absent() {
    return new ProblemException(
        ProblemType.SCOPE_NOT_FOUND, "Name your own scope, or a team's that you administer.");
  }

  /**
   * A webhook of a scope.
   *
   * @throws ProblemException {@link ProblemType#WEBHOOK_NOT_FOUND}
   */
  Webhook webhook(Namespace scope, String id) {
    return Ids.parse(id)
        .flatMap(uuid -> webhooks.find(scope.id(), uuid))
        .orElseThrow(Webhooks::notFound);
  }
}
