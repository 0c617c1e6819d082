package org.mdlibs.registry.access;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;

/** Everybody who calls in the permission table, and the things that they call upon. */
final class Cast {
  /** The kinds of caller. */
  enum Kind {
    ANONYMOUS,
    STRANGER,
    OWNER,
    MEMBER,
    TEAM_ADMIN,
    SYSTEM_ADMIN,
    SUSPENDED,
    NARROW,
    EXPIRED,
    REVOKED;

    /** Whether the credentials open nothing any more. */
    boolean isDead() {
      return this == SUSPENDED || this == EXPIRED || this == REVOKED;
    }
  }

  private final RegistryClient client;
  private final Map<Kind, RegistryClient> callers = new EnumMap<>(Kind.class);
  private final Map<Set<Permission>, RegistryClient> narrow = new HashMap<>();
  private int number;

  Cast(RegistryClient client, RegistryServer server) {
    this.client = client;
    callers.put(Kind.ANONYMOUS, client);
    for (Kind kind : Set.of(Kind.STRANGER, Kind.OWNER, Kind.MEMBER, Kind.TEAM_ADMIN)) {
      callers.put(kind, client.newUser());
    }
    callers.put(Kind.SYSTEM_ADMIN, client.admin());
    callers.put(Kind.SUSPENDED, client.newUser());
    server.execute(
        "update users set suspended = true where username = ?",
        callers.get(Kind.SUSPENDED).username());
    RegistryClient admin = callers.get(Kind.SYSTEM_ADMIN);
    callers.put(Kind.EXPIRED, dead(server, admin, "expires_at = created_at"));
    callers.put(Kind.REVOKED, dead(server, admin, "revoked_at = created_at"));
  }

  /** An administrator's token that could do everything, were it alive. */
  private static RegistryClient dead(RegistryServer server, RegistryClient admin, String change) {
    Answer made = token(admin, Set.of(Permission.values()));
    RegistryClient caller = admin.withToken(made.string("token"));
    caller.get("/users/me").is(200);
    server.execute(
        "update tokens set " + change + " where cast(id as varchar(36)) = ?", made.string("id"));
    return caller;
  }

  private static Answer token(RegistryClient user, Set<Permission> scopes) {
    String names =
        scopes.stream()
            .map(scope -> '"' + scope.wireName() + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return user.post("/auth/tokens", "{\"name\":\"table\",\"scopes\":" + names + "}").is(201);
  }

  /** A caller; a narrow one is an administrator's token with every scope but what is needed. */
  RegistryClient caller(Kind kind, Set<Permission> needed) {
    return kind == Kind.NARROW
        ? narrow.computeIfAbsent(
            needed,
            key -> {
              RegistryClient admin = callers.get(Kind.SYSTEM_ADMIN);
              return admin.withToken(token(admin, without(key)).string("token"));
            })
        : callers.get(kind);
  }

  /** Whoever may publish may read, so without reading there is no publishing either. */
  private static Set<Permission> without(Set<Permission> needed) {
    return Arrays.stream(Permission.values())
        .filter(permission -> !needed.contains(permission))
        .filter(permission -> permission != Permission.PUBLISH || !needed.contains(Permission.READ))
        .collect(Collectors.toSet());
  }

  /** The same user with a token of its own. */
  RegistryClient withNewToken(RegistryClient user) {
    return user.withToken(token(user, Set.of(Permission.READ)).string("token"));
  }

  RegistryClient get(Kind kind) {
    return callers.get(kind);
  }

  /** A new team, with the team admin and the member in it. */
  Team newTeam() {
    RegistryClient admin = callers.get(Kind.TEAM_ADMIN);
    String name = "table-team" + ++number + "x" + Long.toString(System.nanoTime(), 36);
    String id =
        admin
            .post("/teams", "{\"name\":\"" + name + "\",\"display_name\":\"Table\"}")
            .is(201)
            .string("id");
    admin
        .post(
            "/teams/" + id + "/members",
            "{\"username\":\"" + callers.get(Kind.MEMBER).username() + "\"}")
        .is(201);
    return new Team(id, name);
  }

  /** A team of the table. */
  record Team(String id, String name) {}

  /** A library of the table with one version, {@code 1.0.0}. */
  record Shelf(String scope, String name) {
    String path() {
      return "/libraries/" + scope + "/" + name;
    }
  }

  /** A new library of the owner's, or of a team's. */
  Shelf newLibrary(Team team, boolean isPrivate) {
    RegistryClient publisher = callers.get(team == null ? Kind.OWNER : Kind.TEAM_ADMIN);
    String scope = team == null ? publisher.username() : team.name();
    String name = "table-" + ++number;
    publisher
        .publish(
            ArchiveBuilder.archive(name, "1.0.0").bytes(),
            "scope",
            scope,
            "visibility",
            isPrivate ? "private" : "public")
        .is(201);
    return new Shelf(scope, name);
  }

  /** A new account that is in no team; its id. */
  String newAccount() {
    return client.newUser().get("/users/me").is(200).string("id");
  }
}
