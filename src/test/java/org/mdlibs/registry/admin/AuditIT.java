package org.mdlibs.registry.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mdlibs.registry.admin.Administration.delete;
import static org.mdlibs.registry.admin.Administration.patch;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URLEncoder;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class AuditIT {
  private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06.789Z");

  private final RegistryClient client;
  private final RegistryServer server;
  private final Administration administration;

  AuditIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.administration = new Administration(client, server);
  }

  private static List<JsonObject> events(Answer answer) {
    return answer.is(200).json().getJsonArray("events").getValuesAs(JsonObject.class);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Inserts events of one moment, beside the interface. */
  private void insert(String actor, int count, String target, Instant time) {
    boolean postgres = System.getProperty("registry.database").equals("postgresql");
    String id =
        postgres
            ? "gen_random_uuid()"
            : "lower(hex(randomblob(4)) || '-0000-4000-8000-' || hex(randomblob(6)))";
    server.execute(
        "insert into audit_events (id, happened_at, action, outcome, actor, target)"
            + " with recursive n(i) as (select 1 union all select i + 1 from n where i < "
            + count
            + ") select "
            + id
            + ", moments.t, 'library.published', 'success', names.a, targets.x from n"
            + ", (select cast(? as "
            + (postgres ? "timestamptz" : "integer")
            + ") as t) moments"
            + ", (select cast(? as text) as a) names, (select cast(? as text) as x) targets",
        postgres ? Timestamp.from(time) : time.toEpochMilli(),
        actor,
        target);
  }

  @Test
  void tells_who_did_what_to_what_from_where() {
    RegistryClient ann = client.newUser();
    RegistryClient admin = client.admin();
    patch(admin, administration.path(ann), "{\"suspended\":true}").is(200);
    patch(admin, administration.path(ann), "{\"suspended\":false}").is(200);
    Answer answer = admin.get("/admin/audit?target=user:" + ann.username());
    List<JsonObject> events = events(answer);
    JsonObject newest = events.get(0);
    assertThat(newest.getString("action")).isEqualTo("user.restored");
    assertThat(newest)
        .containsOnlyKeys(
            "id",
            "time",
            "action",
            "outcome",
            "actor_id",
            "actor",
            "target",
            "address",
            "request_id");
    assertThat(newest.getString("outcome")).isEqualTo("success");
    assertThat(newest.getString("actor")).isEqualTo("admin");
    assertThat(newest.getString("actor_id")).isEqualTo(administration.id("admin"));
    assertThat(newest.getString("address")).isNotBlank();
    assertThat(events.get(1).getString("action")).isEqualTo("user.suspended");
  }

  @Test
  void filters_and_pages() {
    RegistryClient admin = client.admin();
    String actor = "paged" + Long.toString(System.nanoTime(), 36);
    insert(actor, 3, "@ann/first", LONG_AGO);
    insert(actor, 2, "@ann/second", LONG_AGO.plusSeconds(10));
    String of = "/admin/audit?actor=" + actor;
    Answer page = admin.get(of + "&per_page=2&page=2");
    assertThat(events(page)).hasSize(2);
    assertThat(page.json().getInt("total")).isEqualTo(5);
    assertThat(page.header("Link").orElseThrow())
        .contains("</api/v1/admin/audit?")
        .contains("rel=\"next\"")
        .contains("rel=\"prev\"");
    assertThat(events(admin.get(of)).get(0).getString("target")).isEqualTo("@ann/second");
    assertThat(events(admin.get(of + "&target=" + encoded("@ann/first")))).hasSize(3);
    assertThat(events(admin.get(of + "&action=library.published&outcome=success"))).hasSize(5);
    assertThat(events(admin.get(of + "&action=user.login"))).isEmpty();
    assertThat(events(admin.get(of + "&outcome=denied"))).isEmpty();
    assertThat(events(admin.get(of + "&since=2001-02-03T04:05:06.789Z"))).hasSize(5);
    assertThat(events(admin.get(of + "&since=2001-02-03T04:05:06.790Z"))).hasSize(2);
    assertThat(events(admin.get(of + "&until=2001-02-03T04:05:06.789Z"))).isEmpty();
    assertThat(events(admin.get(of + "&until=2001-02-03T05:05:07%2B01:00"))).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "actor=x'%20or%20'1'='1, actor",
    "actor=, actor",
    "action=user.login'--, action",
    "action=USER_LOGIN, action",
    "outcome=fine, outcome",
    "target=, target",
    "target=a%0Ab, target",
    "target=a%00b, target",
    "since=yesterday, since",
    "since=2026-01-01, since",
    "since=%2B999999999-12-31T00:00:00Z, since",
    "until=2026-13-01T00:00:00Z, until",
    "since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z, until",
    "page=-1, page",
    "per_page=1000, per_page",
    "page=1000&per_page=100, page"
  })
  void refuses_filters_that_mean_nothing(String query, String field) {
    RegistryClient admin = client.admin();
    admin.get("/admin/audit?" + query).isProblem(400, "INVALID_INPUT").hasFaults(field);
    if (!field.contains("page")) {
      admin
          .get("/admin/audit?" + query, "Accept", "application/x-ndjson")
          .isProblem(400, "INVALID_INPUT")
          .hasFaults(field);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"' or 1=1 --", "%", "user:%", "\\", "\"", "?1", ":x", "a\u2028b"})
  void takes_a_target_for_what_it_says(String target) {
    assertThat(events(client.admin().get("/admin/audit?target=" + encoded(target)))).isEmpty();
  }

  @Test
  void exports_every_event_once_the_oldest_first() {
    RegistryClient admin = client.admin();
    String actor = "export" + Long.toString(System.nanoTime(), 36);
    insert(actor, 700, "@ann/later\n{\"forged\":true}", LONG_AGO.plusSeconds(60));
    insert(actor, 1_100, "@ann/earlier\u001b[31m", LONG_AGO);
    Answer answer =
        admin.get("/admin/audit?actor=" + actor, "Accept", "application/x-ndjson").is(200);
    assertThat(answer.header("Content-Type")).contains("application/x-ndjson");
    assertThat(answer.text()).endsWith("}\n");
    assertThat(answer.text().split("\n")).allMatch(line -> line.matches("[ -~]+"));
    List<JsonObject> lines =
        answer
            .text()
            .lines()
            .map(
                line -> {
                  try (var reader = Json.createReader(new StringReader(line))) {
                    return reader.readObject();
                  }
                })
            .toList();
    assertThat(lines).hasSize(1_800);
    assertThat(lines.stream().map(line -> line.getString("id")).distinct()).hasSize(1_800);
    assertThat(lines.stream().map(line -> Instant.parse(line.getString("time")))).isSorted();
    assertThat(lines.get(0).getString("target")).isEqualTo("@ann/earlier\u001b[31m");
    assertThat(lines.get(1_799).getString("target")).isEqualTo("@ann/later\n{\"forged\":true}");
    String none = "/admin/audit?actor=nobody-at-all";
    assertThat(admin.get(none, "Accept", "application/x-ndjson").is(200).text()).isEmpty();
    assertThat(admin.get(none, "Accept", "*/*").is(200).header("Content-Type"))
        .contains("application/json");
    admin.get(none, "Accept", "text/csv").isProblem(406, "NOT_ACCEPTABLE");
  }

  @Test
  void the_database_refuses_to_change_or_remove_an_event() {
    String actor = "kept" + Long.toString(System.nanoTime(), 36);
    insert(actor, 1, "@ann/kept", LONG_AGO);
    for (String change :
        List.of(
            "target = 'x'",
            "outcome = 'failure'",
            "actor = null",
            "detail = 'x'",
            "address = '127.0.0.1'",
            "happened_at = happened_at, request_id = 'x'",
            "address = null, action = 'user.login'")) {
      assertThatThrownBy(
              () -> server.execute("update audit_events set " + change + " where actor = ?", actor))
          .as(change)
          .hasStackTraceContaining("append-only");
    }
    assertThatThrownBy(() -> server.execute("delete from audit_events where actor = ?", actor))
        .hasStackTraceContaining("append-only");
    assertThat(
            server.count(
                "select count(*) from audit_events where actor = ? and target = '@ann/kept'",
                actor))
        .isEqualTo(1);
  }

  @Test
  void records_a_denied_write_of_a_known_caller() {
    RegistryClient ann = client.newUser();
    String path = administration.path(ann);
    delete(ann, path).isProblem(403, "FORBIDDEN");
    ann.get("/admin/users").isProblem(403, "FORBIDDEN");
    delete(client, path).isProblem(401, "AUTHENTICATION_REQUIRED");
    List<JsonObject> denied =
        events(client.admin().get("/admin/audit?outcome=denied&actor=" + ann.username()));
    assertThat(denied).hasSize(1);
    assertThat(denied.get(0).getString("action")).isEqualTo("access.denied");
    assertThat(denied.get(0).getString("target")).isEqualTo("DELETE /api/v1" + path);
  }

  @Test
  void a_flood_of_denied_writes_leaves_few_events() {
    RegistryClient ann = client.newUser();
    String forged = server.passesControlCharacters() ? "%0A%1B%5B31m" : "%5B31m";
    for (int i = 0; i < 40; i++) {
      delete(ann, "/admin/users/" + forged + i).isProblem(403, "FORBIDDEN");
    }
    long recorded =
        server.count("select count(*) from audit_events where actor = ?", ann.username());
    // Eleven a minute; a minute may have ended meanwhile.
    assertThat(recorded).isBetween(11L, 22L);
    assertThat(
            server.count(
                "select count(*) from audit_events where actor = ? and detail like 'further%'",
                ann.username()))
        .isPositive();
  }
}
