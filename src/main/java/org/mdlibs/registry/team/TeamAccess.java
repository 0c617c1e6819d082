package org.mdlibs.registry.team;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.mdlibs.registry.access.Access;
import org.mdlibs.registry.access.Access.TeamAction;
import org.mdlibs.registry.access.Access.Verdict;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.name.Ids;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/** Finds teams for a caller: one that he is not in is absent. */
@ApplicationScoped
public class TeamAccess {
  @Inject private Teams teams;

  /**
   * A team that the caller may do something to.
   *
   * @throws ProblemException {@link ProblemType#TEAM_NOT_FOUND}, {@link ProblemType#FORBIDDEN}
   */
  public Team get(Caller caller, TeamAction action, String id) {
    UUID uuid = Ids.parse(id).orElseThrow(Teams::notFound);
    Verdict verdict = Access.decide(caller, action, uuid);
    if (verdict == Verdict.HIDDEN) {
      throw Teams.notFound();
    }
    Team team = teams.find(uuid).orElseThrow(Teams::notFound);
    if (verdict != Verdict.ALLOWED) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Ask an admin of '" + team.name() + "': you are not one.");
    }
    return team;
  }
}
