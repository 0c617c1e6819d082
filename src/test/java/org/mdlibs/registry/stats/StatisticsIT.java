package org.mdlibs.registry.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.admin.Usage.ofScope;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class StatisticsIT {
  private static final int LONG_AGO = 40;

  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;
  private final RegistryClient bob;

  StatisticsIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
    this.bob = client.newUser();
  }

  @BeforeEach
  void publish() {
    ann.publish(archive("notes", "1.0.0").bytes()).is(201);
    ann.publish(archive("hidden", "1.0.0").bytes(), "visibility", "private").is(201);
  }

  private Answer stats(RegistryClient caller, String parameters) {
    return caller.get("/stats/downloads?" + parameters).is(200);
  }

  private static long total(Answer answer) {
    return answer.json().getJsonNumber("total_downloads").longValue();
  }

  private static List<String> top(Answer answer) {
    return answer.json().getJsonArray("top_libraries").getValuesAs(JsonObject.class).stream()
        .map(library -> library.getString("name") + " " + library.getInt("downloads"))
        .toList();
  }

  private void download(RegistryClient caller, String name, int times) {
    long before = counted(name);
    for (int i = 0; i < times; i++) {
      caller.download(ann.username(), name, "1.0.0").is(200);
    }
    await(() -> counted(name) == before + times);
  }

  private long counted(String name) {
    return server.count(
        "select coalesce(sum(downloads), 0) from libraries where scope = ? and name = ?",
        ann.username(),
        name);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    for (int i = 0; i < 200 && !condition.holds(); i++) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    assertThat(condition.holds()).isTrue();
  }

  private String scope() {
    return "scope=" + ann.username();
  }

  @Test
  void tells_every_day_of_the_window_zeros_too() {
    download(client, "notes", 3);
    JsonObject week = stats(client, scope() + "&days=7").json();
    List<JsonObject> days = week.getJsonArray("downloads_by_day").getValuesAs(JsonObject.class);
    assertThat(days).hasSize(7);
    LocalDate first = LocalDate.parse(days.get(0).getString("date"));
    for (int i = 0; i < days.size(); i++) {
      assertThat(days.get(i).getString("date")).isEqualTo(first.plusDays(i).toString());
    }
    assertThat(days.stream().mapToInt(day -> day.getInt("count")).sum()).isEqualTo(3);
    assertThat(week.getInt("total_downloads")).isEqualTo(3);
    assertThat(stats(client, scope()).json().getJsonArray("downloads_by_day")).hasSize(30);
    assertThat(stats(client, scope() + "&days=365").json().getJsonArray("downloads_by_day"))
        .hasSize(365);
  }

  @Test
  void counts_a_day_where_it_was_and_not_outside_of_the_window() {
    download(client, "notes", 2);
    // As if it had been then: the rows that the writer would have made.
    String then = "set day = day - " + LONG_AGO + " where ";
    server.execute(
        "update library_days "
            + then
            + "library = (select seq from libraries where scope = ?"
            + " and name = 'notes')",
        ann.username());
    server.execute(
        "update scope_days " + then + "scope_id = (select id from namespaces where name = ?)",
        ann.username());
    assertThat(total(stats(client, scope() + "&days=40"))).isZero();
    assertThat(top(stats(client, scope() + "&days=40"))).isEmpty();
    Answer longer = stats(client, scope() + "&days=41");
    assertThat(total(longer)).isEqualTo(2);
    assertThat(longer.json().getJsonArray("downloads_by_day").getJsonObject(0).getInt("count"))
        .isEqualTo(2);
    assertThat(top(longer)).containsExactly("notes 2");
  }

  @Test
  void shows_private_downloads_to_those_alone_who_see_the_library() {
    download(client, "notes", 2);
    download(ann, "hidden", 5);
    for (RegistryClient other : List.of(client, bob)) {
      assertThat(total(stats(other, scope()))).isEqualTo(2);
      assertThat(top(stats(other, scope()))).containsExactly("notes 2");
      other
          .get("/stats/downloads?" + scope() + "&library=hidden")
          .isProblem(404, "LIBRARY_NOT_FOUND");
      assertThat(top(stats(other, "days=365"))).doesNotContain("hidden 5");
    }
    for (RegistryClient seeing : List.of(ann, client.admin())) {
      assertThat(total(stats(seeing, scope()))).isEqualTo(7);
      assertThat(top(stats(seeing, scope()))).containsExactly("hidden 5", "notes 2");
      assertThat(total(stats(seeing, "library=@" + ann.username() + "/hidden"))).isEqualTo(5);
    }
    long everybody = total(stats(client, ""));
    assertThat(total(stats(ann, ""))).isEqualTo(everybody + 5);
    assertThat(total(stats(client.admin(), ""))).isGreaterThanOrEqualTo(everybody + 5);
  }

  @Test
  void lets_the_sums_follow_a_library_that_is_hidden_and_shown() {
    download(client, "notes", 4);
    long before = total(stats(client, ""));
    String path = "/libraries/" + ann.username() + "/notes";
    ann.call("PATCH", path, "{\"visibility\":\"private\"}").is(200);
    assertThat(total(stats(client, ""))).isEqualTo(before - 4);
    assertThat(total(stats(client, scope()))).isZero();
    assertThat(top(stats(client, scope()))).isEmpty();
    assertThat(total(stats(ann, scope()))).isEqualTo(4);
    ann.call("PATCH", path, "{\"visibility\":\"public\"}").is(200);
    assertThat(total(stats(client, ""))).isEqualTo(before);
    assertThat(total(stats(client, scope()))).isEqualTo(4);
    requireSumsAreTrue();
  }

  @Test
  void lets_the_history_of_a_library_move_with_it() {
    download(client, "notes", 3);
    String team = "team" + ann.username();
    ann.post("/teams", "{\"name\":\"" + team + "\"}").is(201);
    ann.post("/libraries/" + ann.username() + "/notes/transfer", "{\"scope\":\"" + team + "\"}")
        .is(200);
    assertThat(total(stats(client, scope()))).isZero();
    assertThat(total(stats(client, "scope=" + team))).isEqualTo(3);
    assertThat(top(stats(client, "scope=" + team))).containsExactly("notes 3");
    assertThat(total(stats(client, scope() + "&library=notes")))
        .as("by its old reference")
        .isEqualTo(3);
    requireSumsAreTrue();
  }

  /** The sums of all scopes are those of their libraries, and the registry's are those of all. */
  private void requireSumsAreTrue() {
    String nil = "'00000000-0000-0000-0000-000000000000'";
    assertThat(
            server.count(
                "select count(*) from (select l.scope_id, l.visibility, d.day, sum(d.count) as n"
                    + " from library_days d join libraries l on l.seq = d.library"
                    + " where l.scope = ? group by l.scope_id, l.visibility, d.day) t"
                    + " left join scope_days s on s.scope_id = t.scope_id"
                    + " and s.visibility = t.visibility and s.day = t.day"
                    + " where s.count is null or s.count <> t.n",
                ann.username()))
        .isZero();
    assertThat(server.count("select count(*) from scope_days where count < 0")).isZero();
    await(
        () ->
            server.count(
                    "select (select coalesce(sum(count), 0) from scope_days where scope_id <> "
                        + nil
                        + ") - (select coalesce(sum(count), 0) from scope_days where scope_id = "
                        + nil
                        + ")")
                == 0);
  }

  @Test
  void keeps_the_downloads_of_what_is_deleted_and_leads_to_it_no_more() {
    download(client, "notes", 2);
    ann.delete("/libraries/" + ann.username() + "/notes/1.0.0").is(204);
    assertThat(total(stats(client, scope()))).isEqualTo(2);
    assertThat(top(stats(client, scope()))).isEmpty();
    assertThat(ann.get("/users/me").json().getInt("total_downloads")).isEqualTo(2);
  }

  @Test
  void loses_none_of_many_at_once() {
    long before = counted("notes");
    IntStream.range(0, 200)
        .parallel()
        .forEach(i -> client.download(ann.username(), "notes", "1.0.0").is(200));
    await(() -> counted("notes") == before + 200);
    assertThat(total(stats(client, scope()))).isEqualTo(200);
    requireSumsAreTrue();
  }

  @Test
  void keeps_single_downloads_with_what_the_settings_want() {
    ann.get(
            "/libraries/" + ann.username() + "/notes/1.0.0/download",
            "X-Forwarded-For",
            "203.0.113.77")
        .is(200);
    String his = " from downloads where downloaded_by = (select id from users where username = ?)";
    await(() -> server.count("select count(*)" + his, ann.username()) == 1);
    assertThat(server.text("select ip_address" + his, ann.username())).isEqualTo("203.0.113.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"days=0", "days=366", "days=x", "library=notes", "scope=a%20b"})
  void refuses_what_it_cannot_mean(String parameters) {
    client.get("/stats/downloads?" + parameters).isProblem(400, "INVALID_INPUT");
  }

  @Test
  void tells_zeros_of_a_scope_that_does_not_exist() {
    Answer nobody = stats(client, "scope=nobody-at-all&days=2");
    assertThat(total(nobody)).isZero();
    assertThat(nobody.json().getJsonArray("downloads_by_day")).hasSize(2);
    client.get("/stats/downloads?library=@nobody-at-all/notes").isProblem(404, "LIBRARY_NOT_FOUND");
  }

  private static Map<String, Integer> counts(JsonObject figures, String list, String member) {
    var counts = new HashMap<String, Integer>();
    figures.getJsonArray(list).getValuesAs(JsonObject.class).stream()
        .forEach(one -> counts.put(one.getString(member), one.getInt("count")));
    return counts;
  }

  @Test
  void counts_libraries_within_what_the_caller_may_see() {
    String tag = "t" + Long.toString(System.nanoTime(), 36);
    String license = "LicenseRef-" + tag;
    for (String visibility : List.of("public", "private")) {
      ann.publish(
              archive("tagged-" + visibility, "1.0.0").bytes(),
              "tags",
              tag,
              "license",
              license,
              "visibility",
              visibility)
          .is(201);
    }
    String path = "/libraries/" + ann.username() + "/tagged-private/1.0.0";
    int size = ann.get(path).json().getInt("size");
    Map<RegistryClient, Integer> seen = Map.of(client, 1, bob, 1, ann, 2, client.admin(), 2);
    seen.forEach(
        (caller, count) ->
            await(
                () -> {
                  JsonObject figures = caller.get("/stats/libraries").is(200).json();
                  return count.equals(counts(figures, "libraries_by_tag", "tag").get(tag))
                      && count.equals(
                          counts(figures, "libraries_by_license", "license").get(license));
                }));
    JsonObject his = ann.get("/stats/libraries").json();
    JsonObject others = bob.get("/stats/libraries").json();
    assertThat(his.getInt("total_libraries") - others.getInt("total_libraries")).isEqualTo(2);
    assertThat(his.getInt("total_versions") - others.getInt("total_versions")).isEqualTo(2);
    assertThat(his.getInt("total_size_bytes") - others.getInt("total_size_bytes"))
        .isGreaterThan(size);
    ann.call(
            "PATCH",
            "/libraries/" + ann.username() + "/tagged-public",
            "{\"visibility\":\"private\"}")
        .is(200);
    assertThat(counts(client.get("/stats/libraries").json(), "libraries_by_tag", "tag"))
        .as("at once, whatever is kept")
        .doesNotContainKey(tag);
  }

  @Test
  void counts_calls_by_account() {
    for (int i = 0; i < 3; i++) {
      bob.get("/stats/libraries").is(200);
    }
    bob.get("/libraries/nobody-at-all/notes").is(404);
    await(() -> ofScope(client.admin(), bob.username()).getInt("api_calls") == 4);
    long before = anonymous();
    client.get("/stats/libraries").is(200);
    await(() -> anonymous() > before);
    String team = "team" + ann.username();
    ann.post("/teams", "{\"name\":\"" + team + "\"}").is(201);
    assertThat(ofScope(client.admin(), team)).doesNotContainKey("api_calls");
  }

  private long anonymous() {
    return client
        .admin()
        .get("/admin/usage?per_page=1")
        .json()
        .getJsonNumber("anonymous_api_calls")
        .longValue();
  }
}
