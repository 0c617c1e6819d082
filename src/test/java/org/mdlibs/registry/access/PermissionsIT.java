package org.mdlibs.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mdlibs.registry.access.Access.Action;
import org.mdlibs.registry.access.Access.TeamAction;
import org.mdlibs.registry.access.Cast.Kind;
import org.mdlibs.registry.access.Cast.Shelf;
import org.mdlibs.registry.access.Cast.Team;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

/**
 * Every operation of the interface, by every kind of caller, on what is public and what is private.
 * The operations are read from the resource classes: one without a row fails.
 *
 * <p>The expectations are the written rules and not {@link Access}: whoever is let in gets any
 * answer but 401 and 403, and 404 only where the row says that nothing is there.
 */
@RegistryTest
@Tag("server")
class PermissionsIT {
  /** Who may call an operation, and how it is called. */
  private interface Row {
    void tryOut(Case one);
  }

  /** Anybody whose credentials are not bad. */
  private record Open(String path, String json, int answer) implements Row {
    @Override
    public void tryOut(Case one) {
      Kind kind = one.kind();
      int refusal = kind.isDead() ? 401 : kind == Kind.NARROW ? 403 : 0;
      one.check("", refusal, answer, one.send(path, json));
    }
  }

  /** Whoever has an account. */
  private record Account(String path, String json, int answer) implements Row {
    @Override
    public void tryOut(Case one) {
      one.check("", ofAccount(one.kind()), answer, one.send(path, json));
    }
  }

  /** Whoever has a token, which is dead afterwards: so it is one made for this. */
  private record Ending() implements Row {
    @Override
    public void tryOut(Case one) {
      int refusal = ofAccount(one.kind());
      RegistryClient caller = refusal != 0 ? one.caller() : one.cast().withNewToken(one.caller());
      one.check("", refusal, 204, caller.call(one.verb(), "/auth/logout", null));
    }
  }

  /** Whoever may do something to a library; the path goes on after that of the library. */
  private record OnLibrary(Action action, String path, String json) implements Row {
    @Override
    public void tryOut(Case one) {
      for (boolean isPrivate : List.of(false, true)) {
        for (boolean ofTeam : List.of(false, true)) {
          Shelf shelf = one.cast().newLibrary(ofTeam ? one.team() : null, isPrivate);
          one.check(
              (isPrivate ? "private, " : "public, ") + (ofTeam ? "a team's" : "the owner's"),
              onLibrary(one.kind(), action, isPrivate, ofTeam),
              ANY,
              one.send(shelf.path() + path, json));
        }
      }
    }
  }

  /** Whoever may publish in a scope. */
  private record InScope() implements Row {
    @Override
    public void tryOut(Case one) {
      Kind kind = one.kind();
      String owner = one.cast().get(Kind.OWNER).username();
      publish(one, owner, kind == Kind.OWNER);
      publish(one, one.team().name(), kind == Kind.MEMBER || kind == Kind.TEAM_ADMIN);
    }

    private static void publish(Case one, String scope, boolean belongs) {
      int refusal = ofAccount(one.kind());
      if (refusal == 0 && !belongs && one.kind() != Kind.SYSTEM_ADMIN) {
        refusal = 403;
      }
      one.check(scope, refusal, 422, one.caller().publish(new byte[0], "scope", scope));
    }
  }

  /** Whoever may do something to a team; the path goes on after that of the team. */
  private record OnTeam(TeamAction action, String path, String json) implements Row {
    @Override
    public void tryOut(Case one) {
      Team subject = one.verb().equals("DELETE") ? one.cast().newTeam() : one.team();
      String admin = one.cast().get(Kind.TEAM_ADMIN).get("/users/me").string("id");
      String whole = "/teams/" + subject.id() + path.replace("{team admin}", admin);
      one.check("", onTeam(one.kind(), action), ANY, one.send(whole, json));
    }
  }

  /** Whoever may manage a scope; the path goes on after that of the scope. */
  private record OnScope(String path, String json, int answer) implements Row {
    @Override
    public void tryOut(Case one) {
      String owner = one.cast().get(Kind.OWNER).username();
      one.check(
          "a user's",
          ofScope(one.kind(), false),
          answer,
          one.send("/scopes/" + owner + path, json));
      one.check(
          "a team's",
          ofScope(one.kind(), true),
          answer,
          one.send("/scopes/" + one.team().name() + path, json));
    }

    private static int ofScope(Kind kind, boolean ofTeam) {
      int refusal = ofAccount(kind);
      if (refusal != 0
          || kind == Kind.SYSTEM_ADMIN
          || kind == (ofTeam ? Kind.TEAM_ADMIN : Kind.OWNER)) {
        return refusal;
      }
      return ofTeam && kind == Kind.MEMBER ? 403 : 404;
    }
  }

  /** Administrators; {@code {account}} and {@code {team}} in the path are new ones. */
  private record Administration(String path, String json, int answer) implements Row {
    @Override
    public void tryOut(Case one) {
      String whole = path.replace("{team}", one.team().id());
      if (whole.contains("{account}")) {
        whole = whole.replace("{account}", one.cast().newAccount());
      }
      int refusal = ofAccount(one.kind());
      if (refusal == 0 && one.kind() != Kind.SYSTEM_ADMIN) {
        refusal = 403;
      }
      one.check("", refusal, answer, one.send(whole, json));
    }
  }

  /** One caller's try of one operation. */
  private record Case(
      Cast cast, Team team, Kind kind, RegistryClient caller, String verb, List<String> faults) {
    Answer send(String path, String json) {
      return caller.call(verb, path, json);
    }

    /**
     * Notes what differs.
     *
     * @param refusal the status that is due, or 0 when the caller is let in
     * @param answer the status that the let-in get, or {@link #ANY} but 401, 403, 404 and 5xx
     */
    void check(String thing, int refusal, int answer, Answer got) {
      int status = got.status();
      boolean right =
          refusal != 0
              ? status == refusal
              : answer != ANY
                  ? status == answer
                  : status != 401 && status != 403 && status != 404 && status < 500;
      if (!right) {
        Object due = refusal != 0 ? refusal : answer == ANY ? "being let in" : answer;
        faults.add("%s (%s): %s instead of %s: %s".formatted(kind, thing, status, due, got.text()));
      }
    }
  }

  private static final String NOBODY = new UUID(7, 7).toString();
  private static final int ANY = 0;

  private static final Map<String, Row> TABLE = new TreeMap<>();

  static {
    TABLE.put("POST /auth/register", new Open("/auth/register", "{}", ANY));
    TABLE.put("POST /auth/login", new Open("/auth/login", "{}", ANY));
    TABLE.put("POST /auth/password-reset", new Open("/auth/password-reset", "{}", ANY));
    TABLE.put("POST /auth/logout", new Ending());
    TABLE.put("GET /auth/methods", new Open("/auth/methods", null, 200));
    TABLE.put("GET /auth/oidc/login", new Open("/auth/oidc/login", null, ANY));
    TABLE.put("GET /auth/oidc/callback", new Open("/auth/oidc/callback", null, 400));
    TABLE.put("POST /auth/device", new Open("/auth/device", "{}", 200));
    TABLE.put("POST /auth/device/token", new Open("/auth/device/token", "{}", 400));
    TABLE.put("GET /auth/device/{user_code}", new Account("/auth/device/BCDF-GHJK", null, 404));
    TABLE.put(
        "POST /auth/device/{user_code}",
        new Account("/auth/device/BCDF-GHJK", "{\"approve\":true}", 404));
    TABLE.put("GET /users/me", new Account("/users/me", null, ANY));
    TABLE.put("GET /libraries", new Open("/libraries", null, ANY));
    TABLE.put("POST /libraries", new InScope());
    TABLE.put("GET /libraries/{scope}/{name}", new OnLibrary(Action.READ, "", null));
    TABLE.put(
        "GET /libraries/{scope}/{name}/versions", new OnLibrary(Action.READ, "/versions", null));
    TABLE.put(
        "GET /libraries/{scope}/{name}/{version}", new OnLibrary(Action.READ, "/1.0.0", null));
    TABLE.put(
        "GET /libraries/{scope}/{name}/{version}/download",
        new OnLibrary(Action.READ, "/1.0.0/download", null));
    TABLE.put(
        "DELETE /libraries/{scope}/{name}/{version}", new OnLibrary(Action.MANAGE, "/1.0.0", null));
    TABLE.put(
        "PUT /libraries/{scope}/{name}/{version}/yank",
        new OnLibrary(Action.PUBLISH, "/1.0.0/yank", null));
    TABLE.put(
        "DELETE /libraries/{scope}/{name}/{version}/yank",
        new OnLibrary(Action.PUBLISH, "/1.0.0/yank", null));
    TABLE.put("PATCH /libraries/{scope}/{name}", new OnLibrary(Action.MANAGE, "", "{}"));
    TABLE.put(
        "POST /libraries/{scope}/{name}/transfer", new OnLibrary(Action.MANAGE, "/transfer", "{}"));

    TABLE.put("GET /feed", new Open("/feed", null, 200));
    TABLE.put("GET /libraries/{scope}/feed", new Open("/libraries/admin/feed", null, 200));
    TABLE.put("GET /libraries/{scope}/{name}/feed", new OnLibrary(Action.READ, "/feed", null));
    TABLE.put("GET /stats/downloads", new Open("/stats/downloads", null, 200));
    TABLE.put("GET /stats/libraries", new Open("/stats/libraries", null, 200));

    String webhooks = "/webhooks";
    String nothing = webhooks + "/" + NOBODY;
    TABLE.put("GET /scopes/{scope}/webhooks", new OnScope(webhooks, null, 200));
    TABLE.put("POST /scopes/{scope}/webhooks", new OnScope(webhooks, "{}", 400));
    TABLE.put("GET /scopes/{scope}/webhooks/{id}", new OnScope(nothing, null, 404));
    TABLE.put("PATCH /scopes/{scope}/webhooks/{id}", new OnScope(nothing, "{}", 404));
    TABLE.put("DELETE /scopes/{scope}/webhooks/{id}", new OnScope(nothing, null, 404));
    TABLE.put("POST /scopes/{scope}/webhooks/{id}/ping", new OnScope(nothing + "/ping", "", 404));
    TABLE.put(
        "GET /scopes/{scope}/webhooks/{id}/deliveries",
        new OnScope(nothing + "/deliveries", null, 404));

    TABLE.put("GET /teams", new Account("/teams", null, ANY));
    TABLE.put("POST /teams", new Account("/teams", "{}", ANY));
    TABLE.put("GET /teams/{id}", new OnTeam(TeamAction.READ, "", null));
    TABLE.put("PUT /teams/{id}", new OnTeam(TeamAction.MANAGE, "", "{}"));
    TABLE.put("DELETE /teams/{id}", new OnTeam(TeamAction.MANAGE, "", null));
    TABLE.put("GET /teams/{id}/members", new OnTeam(TeamAction.READ, "/members", null));
    TABLE.put("POST /teams/{id}/members", new OnTeam(TeamAction.MANAGE, "/members", "{}"));
    TABLE.put(
        "DELETE /teams/{id}/members/{uid}",
        new OnTeam(TeamAction.MANAGE, "/members/{team admin}", null));

    TABLE.put("GET /auth/tokens", new Account("/auth/tokens", null, ANY));
    TABLE.put("POST /auth/tokens", new Account("/auth/tokens", "{}", ANY));
    TABLE.put("DELETE /auth/tokens/{id}", new Account("/auth/tokens/" + NOBODY, null, 404));
    TABLE.put("PUT /users/me/password", new Account("/users/me/password", "{}", ANY));

    TABLE.put("GET /admin/users", new Administration("/admin/users", null, ANY));
    TABLE.put("POST /admin/users", new Administration("/admin/users", "{}", ANY));
    TABLE.put("GET /admin/users/{id}", new Administration("/admin/users/{account}", null, ANY));
    TABLE.put("PATCH /admin/users/{id}", new Administration("/admin/users/{account}", "{}", ANY));
    TABLE.put("DELETE /admin/users/{id}", new Administration("/admin/users/{account}", null, ANY));
    TABLE.put(
        "POST /admin/users/{id}/password-reset",
        new Administration("/admin/users/{account}/password-reset", "{}", ANY));
    TABLE.put(
        "GET /admin/users/{id}/tokens",
        new Administration("/admin/users/{account}/tokens", null, ANY));
    TABLE.put(
        "DELETE /admin/tokens/{id}", new Administration("/admin/tokens/" + NOBODY, null, 404));
    TABLE.put("PATCH /admin/teams/{id}", new Administration("/admin/teams/{team}", "{}", ANY));
    TABLE.put("GET /admin/audit", new Administration("/admin/audit", null, ANY));
    TABLE.put("GET /admin/log-level", new Administration("/admin/log-level", null, 200));
    TABLE.put("PUT /admin/log-level", new Administration("/admin/log-level", "{}", 400));
    TABLE.put("POST /admin/storage/verify", new Administration("/admin/storage/verify", "", ANY));
    TABLE.put(
        "POST /admin/storage/collect",
        new Administration("/admin/storage/collect?dry_run=true", "", ANY));
    TABLE.put("GET /admin/read-only", new Administration("/admin/read-only", null, ANY));
    // Without a reason, and with nothing to lift: the other tests go on writing.
    TABLE.put("PUT /admin/read-only", new Administration("/admin/read-only", "{}", ANY));
    TABLE.put("DELETE /admin/read-only", new Administration("/admin/read-only", null, ANY));
    TABLE.put("GET /admin/usage", new Administration("/admin/usage", null, ANY));
  }

  private final RegistryClient client;
  private final RegistryServer server;

  PermissionsIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  @Test
  void every_operation_has_a_row_and_every_row_an_operation() {
    assertThat(TABLE.keySet()).isEqualTo(Operations.all().keySet());
  }

  @TestFactory
  Stream<DynamicTest> lets_in_whom_the_table_says() {
    var cast = new Cast(client, server);
    Team team = cast.newTeam();
    return Operations.all().entrySet().stream()
        .filter(operation -> TABLE.containsKey(operation.getKey()))
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.getKey(),
                    () ->
                        assertThat(faults(cast, team, operation.getKey(), operation.getValue()))
                            .isEmpty()));
  }

  private static List<String> faults(
      Cast cast, Team team, String operation, Set<Permission> needs) {
    String verb = operation.substring(0, operation.indexOf(' '));
    var faults = new ArrayList<String>();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.NARROW || !needs.isEmpty()) {
        RegistryClient caller = cast.caller(kind, needs);
        TABLE.get(operation).tryOut(new Case(cast, team, kind, caller, verb, faults));
      }
    }
    return faults;
  }

  private static int ofAccount(Kind kind) {
    return kind == Kind.ANONYMOUS || kind.isDead() ? 401 : kind == Kind.NARROW ? 403 : 0;
  }

  private static int onLibrary(Kind kind, Action action, boolean isPrivate, boolean ofTeam) {
    if (kind == Kind.ANONYMOUS && action == Action.READ) {
      return isPrivate ? 404 : 0;
    }
    int refusal = ofAccount(kind);
    if (refusal != 0 || kind == Kind.SYSTEM_ADMIN) {
      return refusal;
    }
    boolean administers = kind == (ofTeam ? Kind.TEAM_ADMIN : Kind.OWNER);
    if (administers) {
      return 0;
    }
    if (ofTeam && kind == Kind.MEMBER) {
      return action == Action.MANAGE ? 403 : 0;
    }
    return isPrivate ? 404 : action == Action.READ ? 0 : 403;
  }

  private static int onTeam(Kind kind, TeamAction action) {
    int refusal = ofAccount(kind);
    if (refusal != 0 || kind == Kind.SYSTEM_ADMIN || kind == Kind.TEAM_ADMIN) {
      return refusal;
    }
    if (kind == Kind.MEMBER) {
      return action == TeamAction.READ ? 0 : 403;
    }
    return 404;
  }
}
