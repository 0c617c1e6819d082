package org.mdlibs.registry.readonly;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.access.Operations;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class ReadOnlyIT {
  /** What only lets people read, reads itself, or changes the mode. */
  private static final Set<String> GO_ON =
      Set.of(
          "POST /auth/login",
          "POST /auth/logout",
          "POST /auth/device",
          "POST /auth/device/token",
          "POST /auth/device/{user_code}",
          "POST /admin/storage/verify",
          "PUT /admin/read-only",
          "DELETE /admin/read-only");

  private final RegistryClient client;
  private final RegistryServer server;
  private final RegistryClient admin;

  ReadOnlyIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
    admin = client.admin();
  }

  @AfterEach
  void others_write_again() {
    server.execute("delete from read_only");
    admin.delete("/admin/read-only").is(204);
  }

  private Answer set(String reason) {
    return admin.put("/admin/read-only", "{\"reason\":\"" + reason + "\"}");
  }

  @Test
  void refuses_every_write_with_the_reason() {
    String account = client.newUser().id();
    var goOn = new TreeSet<String>();
    for (String operation : Operations.all().keySet()) {
      String verb = operation.substring(0, operation.indexOf(' '));
      if (verb.equals("GET") || operation.equals("POST /auth/logout")) {
        continue;
      }
      // Again each time: one of them lifts it.
      set("moving house").is(200);
      String path =
          operation
              .substring(verb.length() + 1)
              .replaceAll("\\{(id|uid)}", account)
              .replaceAll("\\{[a-z_]+}", "nothing");
      String body = verb.equals("DELETE") || path.contains("storage") ? null : "{}";
      Answer answer =
          operation.equals("POST /libraries")
              ? admin.publish(ArchiveBuilder.archive("refused", "1.0.0"))
              : admin.call(verb, path, body);
      if (answer.status() != 503) {
        goOn.add(operation);
        continue;
      }
      answer.isProblem(503, "READ_ONLY");
      assertThat(answer.string("detail")).contains("moving house");
      assertThat(answer.header("Retry-After")).contains("60");
    }
    goOn.add("POST /auth/logout");
    assertThat(goOn).isEqualTo(new TreeSet<>(GO_ON));
    assertThat(server.count("select count(*) from libraries where name = 'refused'")).isZero();
  }

  @Test
  void lets_people_in_and_read() {
    RegistryClient ann = client.newUser();
    ann.publish(ArchiveBuilder.archive("readable", "1.0.0")).is(201);
    set("moving house").is(200);
    client.search("q=readable").is(200);
    client.download(ann.username(), "readable", "1.0.0").is(200);
    RegistryClient again =
        client.withToken(
            client.loginAnswer(ann.username(), RegistryClient.PASSWORD).is(200).string("token"));
    again.get("/users/me").is(200);
    again.post("/auth/logout", "").is(204);
    again.get("/users/me").is(401);
    client.call("POST", "/teams", "{}").isProblem(401, "AUTHENTICATION_REQUIRED");
  }

  @Test
  void is_told_set_lifted_and_audited() {
    assertThat(admin.get("/admin/read-only").is(200).json().getBoolean("read_only")).isFalse();
    JsonObject on = set("moving house").is(200).json();
    assertThat(on.getBoolean("read_only")).isTrue();
    assertThat(on.getString("reason")).isEqualTo("moving house");
    assertThat(on.getString("source")).isEqualTo("administrator");
    assertThat(on.getString("set_by")).isEqualTo("admin");
    assertThat(on.getString("since")).endsWith("Z");
    assertThat(admin.get("/admin/read-only").is(200).json()).isEqualTo(on);
    Answer health = client.send(client.request("/health")).is(200);
    assertThat(health.string("status")).isEqualTo("UP");
    assertThat(health.string("read_only")).isEqualTo("moving house");
    admin.delete("/admin/read-only").is(204);
    admin.delete("/admin/read-only").is(204);
    assertThat(client.send(client.request("/health")).json()).doesNotContainKey("read_only");
    client.newUser();
    String count =
        "select count(*) from audit_events where actor = 'admin' and target = 'registry'"
            + " and action = ?";
    assertThat(server.count(count, "registry.read_only_set")).isPositive();
    assertThat(server.count(count, "registry.read_only_lifted")).isPositive();
  }

  @Test
  void wants_a_reason() {
    set("").isProblem(400, "INVALID_INPUT").hasFaults("reason");
    set("x".repeat(201)).isProblem(400, "INVALID_INPUT").hasFaults("reason");
    set("two\\nlines").isProblem(400, "INVALID_INPUT").hasFaults("reason");
    client.newUser();
  }

  /** Another node wrote it into the database. */
  @Test
  void is_seen_by_a_node_that_was_not_told() throws InterruptedException {
    RegistryClient ann = client.newUser();
    server.execute(
        "insert into read_only (id, reason, since, set_by) values (1, 'elsewhere', 0, 'bob')");
    while (ann.post("/teams", "{}").status() != 503) {
      Thread.sleep(50);
    }
    ann.post("/teams", "{}").isProblem(503, "READ_ONLY");
    server.execute("delete from read_only");
    while (ann.post("/teams", "{}").status() == 503) {
      Thread.sleep(50);
    }
  }
}
