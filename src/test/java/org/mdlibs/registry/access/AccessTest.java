package org.mdlibs.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.access.Access.Action.MANAGE;
import static org.mdlibs.registry.access.Access.Action.PUBLISH;
import static org.mdlibs.registry.access.Access.Action.READ;
import static org.mdlibs.registry.access.Access.Verdict.ALLOWED;
import static org.mdlibs.registry.access.Access.Verdict.FORBIDDEN;
import static org.mdlibs.registry.access.Access.Verdict.HIDDEN;
import static org.mdlibs.registry.access.Access.Verdict.UNAUTHENTICATED;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mdlibs.registry.access.Access.Action;
import org.mdlibs.registry.access.Access.TeamAction;
import org.mdlibs.registry.access.Access.Verdict;

/** The table of permissions, row by row. */
class AccessTest {
  private static final UUID NAMESPACE = new UUID(1, 1);
  private static final Caller NOBODY = Caller.ANONYMOUS;
  private static final Caller OWNER = caller(NAMESPACE, Role.USER, Permission.ALL);
  private static final Caller STRANGER = caller(new UUID(2, 2), Role.USER, Permission.ALL);
  private static final Caller ADMIN = caller(new UUID(3, 3), Role.ADMIN, Permission.ALL);
  private static final Caller ADMIN_WITH_READ_TOKEN =
      caller(new UUID(3, 3), Role.ADMIN, Set.of(Permission.READ));
  private static final Caller OWNER_WITH_READ_TOKEN =
      caller(NAMESPACE, Role.USER, Set.of(Permission.READ));
  private static final Caller OWNER_WITH_PUBLISH_TOKEN =
      caller(NAMESPACE, Role.USER, Set.of(Permission.PUBLISH));
  private static final Caller OWNER_WITH_MANAGE_TOKEN =
      caller(NAMESPACE, Role.USER, Set.of(Permission.MANAGE));

  private static final UUID MEMBER_ID = new UUID(4, 4);
  private static final Caller MEMBER = member(TeamRole.MEMBER, Permission.ALL);
  private static final Caller TEAM_ADMIN = member(TeamRole.ADMIN, Permission.ALL);

  private static Caller caller(UUID id, Role role, Set<Permission> permissions) {
    return new Caller(id, "name", role, permissions, Map.of());
  }

  private static Caller member(TeamRole role, Set<Permission> permissions) {
    return new Caller(MEMBER_ID, "name", Role.USER, permissions, Map.of(NAMESPACE, role));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row(NOBODY, READ, false, true, ALLOWED),
        row(NOBODY, READ, false, false, UNAUTHENTICATED),
        row(NOBODY, READ, true, true, HIDDEN),
        row(NOBODY, READ, true, false, UNAUTHENTICATED),
        row(NOBODY, PUBLISH, false, true, UNAUTHENTICATED),
        row(NOBODY, PUBLISH, true, true, UNAUTHENTICATED),
        row(STRANGER, READ, false, true, ALLOWED),
        row(STRANGER, READ, false, false, ALLOWED),
        row(STRANGER, READ, true, true, HIDDEN),
        row(STRANGER, PUBLISH, false, true, FORBIDDEN),
        row(STRANGER, PUBLISH, true, true, HIDDEN),
        row(OWNER, READ, false, true, ALLOWED),
        row(OWNER, READ, true, true, ALLOWED),
        row(OWNER, READ, true, false, ALLOWED),
        row(OWNER, PUBLISH, false, true, ALLOWED),
        row(OWNER, PUBLISH, true, true, ALLOWED),
        row(OWNER_WITH_READ_TOKEN, READ, true, true, ALLOWED),
        row(OWNER_WITH_READ_TOKEN, PUBLISH, true, true, FORBIDDEN),
        row(OWNER_WITH_PUBLISH_TOKEN, PUBLISH, true, true, ALLOWED),
        row(OWNER_WITH_MANAGE_TOKEN, READ, true, true, HIDDEN),
        row(OWNER_WITH_MANAGE_TOKEN, PUBLISH, false, true, FORBIDDEN),
        row(OWNER_WITH_MANAGE_TOKEN, MANAGE, true, true, ALLOWED),
        row(OWNER, MANAGE, true, true, ALLOWED),
        row(OWNER_WITH_PUBLISH_TOKEN, MANAGE, true, true, FORBIDDEN),
        row(NOBODY, MANAGE, false, true, UNAUTHENTICATED),
        row(STRANGER, MANAGE, false, true, FORBIDDEN),
        row(STRANGER, MANAGE, true, true, HIDDEN),
        row(MEMBER, READ, true, false, ALLOWED),
        row(MEMBER, PUBLISH, false, true, ALLOWED),
        row(MEMBER, PUBLISH, true, true, ALLOWED),
        row(MEMBER, MANAGE, true, true, FORBIDDEN),
        row(member(TeamRole.MEMBER, Set.of(Permission.MANAGE)), READ, true, true, HIDDEN),
        row(member(TeamRole.MEMBER, Set.of(Permission.READ)), PUBLISH, true, true, FORBIDDEN),
        row(TEAM_ADMIN, READ, true, true, ALLOWED),
        row(TEAM_ADMIN, PUBLISH, true, true, ALLOWED),
        row(TEAM_ADMIN, MANAGE, true, true, ALLOWED),
        row(member(TeamRole.ADMIN, Set.of(Permission.READ)), MANAGE, true, true, FORBIDDEN),
        row(ADMIN, READ, true, true, ALLOWED),
        row(ADMIN, PUBLISH, true, true, ALLOWED),
        row(ADMIN, MANAGE, true, true, ALLOWED),
        row(ADMIN_WITH_READ_TOKEN, READ, true, true, HIDDEN),
        row(ADMIN_WITH_READ_TOKEN, MANAGE, false, true, FORBIDDEN));
  }

  private static Arguments row(
      Caller caller, Action action, boolean isPrivate, boolean anonymousRead, Verdict verdict) {
    return Arguments.of(caller, action, isPrivate, anonymousRead, verdict);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decides(
      Caller caller, Action action, boolean isPrivate, boolean anonymousRead, Verdict verdict) {
    assertThat(Access.decide(caller, action, NAMESPACE, isPrivate, anonymousRead))
        .isEqualTo(verdict);
  }

  static Stream<Arguments> teamRows() {
    return Stream.of(
        Arguments.of(NOBODY, TeamAction.READ, UNAUTHENTICATED),
        Arguments.of(NOBODY, TeamAction.MANAGE, UNAUTHENTICATED),
        Arguments.of(STRANGER, TeamAction.READ, HIDDEN),
        Arguments.of(STRANGER, TeamAction.MANAGE, HIDDEN),
        Arguments.of(MEMBER, TeamAction.READ, ALLOWED),
        Arguments.of(MEMBER, TeamAction.MANAGE, FORBIDDEN),
        Arguments.of(MEMBER, TeamAction.LEAVE, ALLOWED),
        Arguments.of(STRANGER, TeamAction.LEAVE, HIDDEN),
        Arguments.of(member(TeamRole.MEMBER, Set.of(Permission.READ)), TeamAction.LEAVE, FORBIDDEN),
        Arguments.of(TEAM_ADMIN, TeamAction.READ, ALLOWED),
        Arguments.of(TEAM_ADMIN, TeamAction.MANAGE, ALLOWED),
        Arguments.of(member(TeamRole.ADMIN, Set.of(Permission.READ)), TeamAction.MANAGE, FORBIDDEN),
        Arguments.of(member(TeamRole.ADMIN, Set.of(Permission.PUBLISH)), TeamAction.READ, ALLOWED),
        Arguments.of(ADMIN, TeamAction.READ, ALLOWED),
        Arguments.of(ADMIN, TeamAction.MANAGE, ALLOWED),
        Arguments.of(ADMIN_WITH_READ_TOKEN, TeamAction.READ, HIDDEN));
  }

  @ParameterizedTest
  @MethodSource("teamRows")
  void decides_about_teams(Caller caller, TeamAction action, Verdict verdict) {
    assertThat(Access.decide(caller, action, NAMESPACE)).isEqualTo(verdict);
  }

  static Stream<Arguments> scopes() {
    return Stream.of(
        Arguments.of(NOBODY, UNAUTHENTICATED),
        Arguments.of(STRANGER, HIDDEN),
        Arguments.of(OWNER, ALLOWED),
        Arguments.of(OWNER_WITH_MANAGE_TOKEN, ALLOWED),
        Arguments.of(OWNER_WITH_PUBLISH_TOKEN, FORBIDDEN),
        Arguments.of(MEMBER, FORBIDDEN),
        Arguments.of(TEAM_ADMIN, ALLOWED),
        Arguments.of(ADMIN, ALLOWED),
        Arguments.of(ADMIN_WITH_READ_TOKEN, HIDDEN));
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void decides_about_what_belongs_to_a_scope(Caller caller, Verdict expected) {
    assertThat(Access.decide(caller, NAMESPACE)).isEqualTo(expected);
  }
}
