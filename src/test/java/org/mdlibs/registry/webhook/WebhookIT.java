package org.mdlibs.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class WebhookIT {
  private static final String SECRET = "a secret of the tests";

  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient ann;
  private Receiver receiver;

  WebhookIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    this.ann = client.newUser();
  }

  @BeforeEach
  void start() throws IOException {
    receiver = Receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private String path(String rest) {
    return "/scopes/" + ann.username() + "/webhooks" + rest;
  }

  private static String json(String url, String more) {
    return "{\"url\":\"" + url + "\",\"secret\":\"" + SECRET + "\"" + more + "}";
  }

  private String make(String more) {
    return ann.post(path(""), json(receiver.url(), more)).is(201).string("id");
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    for (int i = 0; i < 300 && !condition.holds(); i++) {
      pause(100);
    }
    assertThat(condition.holds()).isTrue();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<JsonObject> deliveries(String hook) {
    return ann.get(path("/" + hook + "/deliveries"))
        .is(200)
        .json()
        .getJsonArray("deliveries")
        .getValuesAs(JsonObject.class);
  }

  private static JsonObject body(Receiver.Told told) {
    try (var reader = Json.createReader(new StringReader(told.body()))) {
      return reader.readObject();
    }
  }

  private List<String> events() {
    return receiver.told().stream().map(told -> body(told).getString("event")).toList();
  }

  @Test
  void tells_what_happened_signed_and_in_order() {
    String hook = make("");
    ann.publish(archive("notes", "1.0.0")).is(201);
    String version = "/libraries/" + ann.username() + "/notes/1.0.0";
    JsonObject details = ann.get(version).json();
    ann.put(version + "/yank", "").is(204);
    ann.delete(version + "/yank").is(204);
    ann.delete(version).is(204);
    await(() -> receiver.told().size() == 4);
    assertThat(events())
        .containsExactly(
            "version.published", "version.yanked", "version.unyanked", "version.deleted");
    Receiver.Told first = receiver.told().get(0);
    long timestamp = Long.parseLong(first.header("X-mdlibs-timestamp"));
    assertThat(first.header("X-mdlibs-signature-256"))
        .isEqualTo(Signature.of(SECRET, timestamp, first.body()));
    assertThat(first.header("X-mdlibs-event")).isEqualTo("version.published");
    assertThat(first.header("Content-type")).isEqualTo("application/json");
    JsonObject told = body(first);
    assertThat(told.getString("actor")).isEqualTo(ann.username());
    assertThat(told.getString("occurred_at")).isEqualTo(details.getString("created_at"));
    assertThat(told.getJsonObject("library").getString("reference"))
        .isEqualTo("@" + ann.username() + "/notes");
    assertThat(told.getJsonObject("version").getString("checksum"))
        .isEqualTo(details.getString("checksum"));
    assertThat(told.getJsonObject("version").getString("url")).isEqualTo("/api/v1" + version);
    await(
        () ->
            deliveries(hook).stream()
                .allMatch(delivery -> delivery.getString("status").equals("delivered")));
    JsonObject last = deliveries(hook).get(3);
    assertThat(last.getString("id")).isEqualTo(first.header("X-mdlibs-delivery"));
    assertThat(last.getInt("attempts")).isEqualTo(1);
    assertThat(last.getInt("response_status")).isEqualTo(204);
    assertThat(last).doesNotContainKeys("next_attempt_at", "failure", "payload");
  }

  @Test
  void tries_again_after_a_failure_with_the_same_delivery() {
    receiver.answer(500, 302);
    String hook = make("");
    ann.publish(archive("notes", "1.0.0")).is(201);
    await(() -> receiver.told().size() == 1);
    await(() -> deliveries(hook).get(0).getInt("attempts") == 1);
    JsonObject failed = deliveries(hook).get(0);
    assertThat(failed.getString("status")).isEqualTo("pending");
    assertThat(failed.getString("failure")).isEqualTo("status");
    assertThat(failed.getInt("response_status")).isEqualTo(500);
    assertThat(failed).containsKey("next_attempt_at");
    await(() -> receiver.told().size() == 2);
    assertThat(receiver.told().get(1).header("X-mdlibs-delivery"))
        .isEqualTo(receiver.told().get(0).header("X-mdlibs-delivery"));
    assertThat(body(receiver.told().get(1))).isEqualTo(body(receiver.told().get(0)));
    await(() -> deliveries(hook).get(0).getInt("attempts") == 2);
    String id = deliveries(hook).get(0).getString("id");
    makeDue(hook, id, 2);
    await(() -> deliveries(hook).get(0).getString("status").equals("delivered"));
    assertThat(receiver.told()).hasSize(3);
  }

  /** As if the time until the next attempt had passed. */
  private void makeDue(String hook, String delivery, int attempts) {
    String created = "(select created_at from webhooks where cast(id as varchar(36)) = ?)";
    server.execute(
        "update webhook_deliveries set next_attempt_at = "
            + created
            + ", attempts = "
            + attempts
            + " where cast(id as varchar(36)) = ?",
        hook,
        delivery);
    server.execute(
        "update webhooks set due_at = created_at where cast(id as varchar(36)) = ?", hook);
  }

  @Test
  void holds_nothing_up_by_one_that_is_tried_again_in_hours() {
    receiver.answer(500, 500);
    String hook = make("");
    ann.publish(archive("notes", "1.0.0")).is(201);
    await(() -> deliveries(hook).get(0).getInt("attempts") == 1);
    makeDue(hook, deliveries(hook).get(0).getString("id"), 6);
    await(() -> deliveries(hook).get(0).getInt("attempts") == 7);
    ann.post(path("/" + hook + "/ping"), "{}").is(202);
    await(() -> events().contains("ping"));
    assertThat(deliveries(hook).get(1).getString("status")).isEqualTo("pending");
  }

  @Test
  void gives_up_in_the_end() {
    receiver.answer(500, 500);
    String hook = make("");
    ann.publish(archive("notes", "1.0.0")).is(201);
    await(() -> deliveries(hook).get(0).getInt("attempts") == 1);
    makeDue(hook, deliveries(hook).get(0).getString("id"), 8);
    await(() -> deliveries(hook).get(0).getString("status").equals("failed"));
    assertThat(deliveries(hook).get(0).getInt("attempts")).isEqualTo(9);
    assertThat(
            server.count(
                "select count(*) from webhooks where cast(id as varchar(36)) = ?"
                    + " and due_at is not null",
                hook))
        .isZero();
  }

  @Test
  void sends_what_a_node_left_when_it_died() {
    String hook = make("");
    ann.call("PATCH", path("/" + hook), "{\"active\":false}").is(200);
    // What a crash leaves right after a publication, or in the middle of a turn: a row, and a
    // lease that has ended.
    server.execute(
        "insert into webhook_deliveries (id, webhook_id, event, payload, status, created_at,"
            + " next_attempt_at) select id, id, 'version.published', '{\"event\":\"left\"}',"
            + " 'pending', created_at, created_at from webhooks"
            + " where cast(id as varchar(36)) = ?",
        hook);
    server.execute(
        "update webhooks set due_at = created_at where cast(id as varchar(36)) = ?", hook);
    pause(2_000);
    assertThat(receiver.told()).as("while it is not active").isEmpty();
    ann.call("PATCH", path("/" + hook), "{\"active\":true}").is(200);
    await(() -> events().contains("left"));
    await(() -> deliveries(hook).get(0).getString("status").equals("delivered"));
    assertThat(receiver.told()).hasSize(1);
  }

  @Test
  void is_held_up_by_no_slow_receiver_of_another() throws IOException {
    try (var slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://localhost:" + slow.getLocalPort() + "/";
      String stuck = ann.post(path(""), json(url, "")).is(201).string("id");
      ann.post(path("/" + stuck + "/ping"), "{}").is(202);
      ann.post(path("/" + stuck + "/ping"), "{}").isProblem(409, "CONFLICT");
      String hook = make("");
      ann.post(path("/" + hook + "/ping"), "{}").is(202);
      await(() -> events().contains("ping"));
      assertThat(deliveries(stuck)).allMatch(d -> d.getString("status").equals("pending"));
      await(() -> deliveries(stuck).stream().anyMatch(d -> d.getInt("attempts") == 1));
      assertThat(deliveries(stuck).get(0).getString("failure")).isEqualTo("timeout");
      ann.delete(path("/" + stuck)).is(204);
    }
  }

  @Test
  void is_held_up_by_no_crowd_of_receivers_that_hang() throws IOException {
    RegistryClient bob = client.newUser();
    try (var slow = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      String url = "http://localhost:" + slow.getLocalPort() + "/";
      for (RegistryClient owner : List.of(bob, client.newUser(), client.newUser())) {
        for (int i = 0; i < 10; i++) {
          owner.post("/scopes/" + owner.username() + "/webhooks", json(url + i, "")).is(201);
        }
        owner.publish(archive("notes", "1.0.0").bytes()).is(201);
        String yank = "/libraries/" + owner.username() + "/notes/1.0.0/yank";
        for (int i = 0; i < 5; i++) {
          owner.call("PUT", yank, "{}").is(204);
          owner.delete(yank).is(204);
        }
      }
      String hook = make("");
      ann.post(path("/" + hook + "/ping"), "{}").is(202);
      await(() -> events().contains("ping"));
      server.execute("delete from webhook_deliveries where status = 'pending'");
    }
  }

  @Test
  void tells_the_wanted_events_of_its_own_scope_alone() {
    make(",\"events\":[\"version.deleted\"]");
    RegistryClient bob = client.newUser();
    bob.publish(archive("notes", "1.0.0").bytes(), "visibility", "private").is(201);
    bob.delete("/libraries/" + bob.username() + "/notes/1.0.0").is(204);
    ann.publish(archive("notes", "1.0.0").bytes(), "visibility", "private").is(201);
    ann.publish(archive("notes", "1.0.0")).isProblem(409, "VERSION_EXISTS");
    ann.delete("/libraries/" + ann.username() + "/notes/1.0.0").is(204);
    await(() -> !receiver.told().isEmpty());
    pause(1_500);
    assertThat(events()).containsExactly("version.deleted");
    assertThat(body(receiver.told().get(0)).getJsonObject("library").getString("visibility"))
        .isEqualTo("private");
  }

  @Test
  void is_made_changed_and_removed_and_shows_its_secret_once() {
    Answer made = ann.post(path(""), "{\"url\":\"" + receiver.url() + "\"}").is(201);
    assertThat(made.header("Cache-Control")).contains("no-store");
    assertThat(made.string("secret")).startsWith("whsec_").hasSizeGreaterThan(40);
    String hook = made.string("id");
    assertThat(made.header("Location").orElseThrow()).endsWith(path("/" + hook));
    Answer shown = ann.get(path("/" + hook)).is(200);
    assertThat(shown.json()).doesNotContainKey("secret");
    assertThat(shown.json().getJsonArray("events")).hasSize(4);
    assertThat(ann.get(path("")).is(200).text()).contains(hook).doesNotContain("whsec_");
    assertThat(server.text("select secret from webhooks where cast(id as varchar(36)) = ?", hook))
        .startsWith("v1.");
    Answer changed =
        ann.call(
                "PATCH",
                path("/" + hook),
                "{\"events\":[\"version.yanked\"],\"active\":false,\"secret\":\"" + SECRET + "\"}")
            .is(200);
    assertThat(changed.json().getBoolean("active")).isFalse();
    assertThat(changed.json().getString("url")).isEqualTo(receiver.url());
    assertThat(changed.json()).doesNotContainKey("secret");
    ann.delete(path("/" + hook)).is(204);
    ann.get(path("/" + hook)).isProblem(404, "WEBHOOK_NOT_FOUND");
    ann.delete(path("/" + hook)).isProblem(404, "WEBHOOK_NOT_FOUND");
    for (String action : List.of("created", "changed", "removed")) {
      assertThat(
              server.count(
                  "select count(*) from audit_events where action = ? and target = ?"
                      + " and detail like '%host=localhost%'",
                  "webhook." + action, "webhook:" + hook))
          .as(action)
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"url\":\"ftp://example.org\"}",
        "{\"url\":\"http://example.org\",\"secret\":\"short\"}",
        "{\"url\":\"http://example.org\",\"events\":[]}",
        "{\"url\":\"http://example.org\",\"events\":[\"version.read\"]}",
        "{\"url\":7}"
      })
  void refuses_what_is_none(String json) {
    ann.post(path(""), json).isProblem(400, "INVALID_INPUT");
  }

  @Test
  void is_one_of_ten_of_its_scope_at_most() {
    for (int i = 0; i < 10; i++) {
      make(",\"active\":false");
    }
    ann.post(path(""), json(receiver.url(), "")).isProblem(409, "TOO_MANY_WEBHOOKS");
  }

  @Test
  void ends_with_its_scope() {
    RegistryClient admin = client.admin();
    String hook = make("");
    admin.delete("/admin/users/" + ann.id()).is(204);
    RegistryClient bob = client.newUser();
    String team = "team" + bob.username();
    String id = bob.post("/teams", "{\"name\":\"" + team + "\"}").is(201).string("id");
    String teams = "/scopes/" + team + "/webhooks";
    String other = bob.post(teams, json(receiver.url(), "")).is(201).string("id");
    bob.delete("/teams/" + id).is(204);
    for (String gone : List.of(hook, other)) {
      assertThat(
              server.count("select count(*) from webhooks where cast(id as varchar(36)) = ?", gone))
          .isZero();
    }
    bob.get(teams).isProblem(404, "SCOPE_NOT_FOUND");
  }

  @Test
  void is_nobody_elses_business() {
    String hook = make("");
    RegistryClient bob = client.newUser();
    bob.get(path("")).isProblem(404, "SCOPE_NOT_FOUND");
    bob.get("/scopes/nobody-at-all/webhooks").isProblem(404, "SCOPE_NOT_FOUND");
    bob.get("/scopes/" + bob.username() + "/webhooks/" + hook).isProblem(404, "WEBHOOK_NOT_FOUND");
    client.get(path("")).isProblem(401, "AUTHENTICATION_REQUIRED");
    client.admin().get(path("/" + hook)).is(200);
  }
}
