package org.mdlibs.registry.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.admin.Usage;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class QuotaIT {
  private static final int RIVALS = 10;

  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient admin;
  private final RegistryClient ann;

  QuotaIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.admin = client.admin();
    this.ann = client.newUser();
  }

  private record Team(String id, String name) {}

  private Team newTeam() {
    String name = "quota" + Long.toString(System.nanoTime(), 36);
    String id = ann.post("/teams", "{\"name\":\"" + name + "\"}").is(201).string("id");
    return new Team(id, name);
  }

  private void limitUser(RegistryClient user, long bytes) {
    admin.call("PATCH", "/admin/users/" + user.id(), "{\"quota_bytes\":" + bytes + "}").is(200);
  }

  private void limitTeam(Team team, long bytes) {
    admin.call("PATCH", "/admin/teams/" + team.id(), "{\"quota_bytes\":" + bytes + "}").is(200);
  }

  private JsonObject me() {
    return ann.get("/users/me").is(200).json().getJsonObject("storage");
  }

  private JsonObject team(Team team) {
    return ann.get("/teams/" + team.id()).is(200).json().getJsonObject("storage");
  }

  private JsonObject usage(String scope) {
    return Usage.ofScope(admin, scope).getJsonObject("storage");
  }

  private static ArchiveBuilder one(int number) {
    return archive("lib-" + number, "1.0.0").file("docs/a.md", "the same");
  }

  /** The bytes of the largest of all rivals' archives; they differ by a few. */
  private static int largest() {
    int largest = 0;
    for (int i = 0; i < RIVALS; i++) {
      largest = Math.max(largest, one(i).bytes().length);
    }
    return largest;
  }

  /** All at once, each another library, so that nothing but the quota keeps them apart. */
  private List<Answer> race(String scope) throws InterruptedException, ExecutionException {
    ExecutorService rivals = Executors.newFixedThreadPool(RIVALS);
    var start = new CyclicBarrier(RIVALS);
    try {
      var calls = new ArrayList<Callable<Answer>>();
      for (int i = 0; i < RIVALS; i++) {
        byte[] bytes = one(i).bytes();
        calls.add(
            () -> {
              start.await();
              return ann.publish(bytes, "scope", scope);
            });
      }
      var answers = new ArrayList<Answer>();
      for (Future<Answer> answer : rivals.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      rivals.shutdownNow();
    }
  }

  private void letsOneWin(String scope, long quota)
      throws InterruptedException, ExecutionException {
    List<Answer> answers = race(scope);
    List<Answer> refused = answers.stream().filter(answer -> answer.status() != 201).toList();
    assertThat(refused).hasSize(RIVALS - 1);
    long used = server.count("select used_bytes from namespaces where name = ?", scope);
    for (Answer answer : refused) {
      JsonObject problem = answer.isProblem(403, "QUOTA_EXCEEDED").json();
      assertThat(problem.getInt("used_bytes")).isEqualTo((int) used);
      assertThat(problem.getInt("quota_bytes")).isEqualTo((int) quota);
      assertThat(problem.getInt("needed_bytes")).isBetween(1, largest());
    }
    assertThat(used).isPositive().isLessThanOrEqualTo(quota);
    assertThat(
            server.count(
                "select sum(v.size_bytes) from library_versions v"
                    + " join libraries l on l.id = v.library_id where l.scope = ?",
                scope))
        .isEqualTo(used);
    assertThat(client.search("scope=" + scope).is(200).json().getInt("total")).isEqualTo(1);
  }

  @RepeatedTest(3)
  void lets_one_of_ten_pass_where_only_one_fits_into_a_users_scope()
      throws InterruptedException, ExecutionException {
    int quota = largest() * 3 / 2;
    limitUser(ann, quota);
    letsOneWin(ann.username(), quota);
  }

  @RepeatedTest(3)
  void lets_one_of_ten_pass_where_only_one_fits_into_a_teams_scope()
      throws InterruptedException, ExecutionException {
    Team team = newTeam();
    int quota = largest() * 3 / 2;
    limitTeam(team, quota);
    letsOneWin(team.name(), quota);
  }

  @Test
  void takes_what_fills_a_scope_to_the_last_byte_and_no_more() {
    int size = one(1).bytes().length;
    limitUser(ann, size - 1);
    JsonObject problem = ann.publish(one(1)).isProblem(403, "QUOTA_EXCEEDED").json();
    assertThat(problem.getInt("used_bytes")).isZero();
    assertThat(problem.getInt("quota_bytes")).isEqualTo(size - 1);
    assertThat(problem.getInt("needed_bytes")).isEqualTo(size);
    assertThat(problem.getString("detail")).contains("0 of " + (size - 1) + " bytes");
    JsonObject rehearsal = ann.dryRun(one(1).bytes()).is(200).json();
    assertThat(rehearsal.getJsonArray("faults").getJsonObject(0).getString("code"))
        .isEqualTo("QUOTA_EXCEEDED");
    limitUser(ann, size);
    ann.publish(one(1)).is(201);
    assertThat(me().getInt("used_bytes")).isEqualTo(size);
  }

  @Test
  void counts_the_same_wherever_it_is_shown() {
    Team team = newTeam();
    limitTeam(team, 100_000);
    int size = one(1).bytes().length;
    ann.publish(one(1).bytes(), "scope", team.name()).is(201);
    ann.publish(one(1)).is(201);
    assertThat(team(team)).isEqualTo(usage(team.name()));
    assertThat(me()).isEqualTo(usage(ann.username()));
    assertThat(team(team).getInt("used_bytes")).isEqualTo(size);
    assertThat(team(team).getInt("quota_bytes")).isEqualTo(100_000);
    assertThat(me().getInt("used_bytes")).isEqualTo(size);
  }

  @Test
  void has_room_again_after_a_deletion() {
    Team team = newTeam();
    int quota = largest() * 3 / 2;
    limitTeam(team, quota);
    ann.publish(one(1).bytes(), "scope", team.name()).is(201);
    ann.publish(one(2).bytes(), "scope", team.name()).isProblem(403, "QUOTA_EXCEEDED");
    ann.delete("/libraries/" + team.name() + "/lib-1/1.0.0").is(204);
    assertThat(team(team).getInt("used_bytes")).isZero();
    ann.publish(one(2).bytes(), "scope", team.name()).is(201);
  }

  @Test
  void keeps_what_is_there_when_the_quota_falls_below_it() {
    ann.publish(one(1)).is(201);
    limitUser(ann, 0);
    client.download(ann.username(), "lib-1", "1.0.0").is(200);
    ann.publish(one(2)).isProblem(403, "QUOTA_EXCEEDED");
    ann.delete("/libraries/" + ann.username() + "/lib-1/1.0.0").is(204);
    assertThat(me().getInt("used_bytes")).isZero();
  }
}
