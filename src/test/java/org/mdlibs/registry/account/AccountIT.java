package org.mdlibs.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdlibs.registry.testing.ArchiveBuilder.archive;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class AccountIT {
  private static final String GOOD = "a good password of mine";

  private final RegistryClient client;
  private final RegistryServer server;

  AccountIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  private long accounts() {
    return server.count("select count(*) from users");
  }

  @Test
  void registers_an_account() {
    Answer answer = client.register("Jane.Doe", "Jane@Example.org", GOOD).is(201);
    assertThat(answer.header("Location").orElseThrow()).endsWith("/api/v1/users/me");
    assertThat(answer.json()).containsOnlyKeys("id", "username", "email", "created_at");
    assertThat(answer.string("username")).isEqualTo("jane.doe");
    assertThat(answer.string("email")).isEqualTo("Jane@Example.org");
    assertThat(answer.string("created_at")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @Test
  void gives_a_name_or_an_address_to_one_account_only() {
    client.register("taken-once", "taken@example.org", GOOD).is(201);
    long before = accounts();
    client.register("TAKEN-once", "other@example.org", GOOD).isProblem(409, "USERNAME_TAKEN");
    client.register("taken-twice", "TAKEN@example.org", GOOD).isProblem(409, "EMAIL_TAKEN");
    assertThat(accounts()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "a, username",
    "-ann, username",
    "ann-, username",
    "an--n, username",
    "an n, username",
    "ånn, username",
    "api, username",
    "admin, username",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, username"
  })
  void refuses_names_that_no_scope_can_have(String name, String field) {
    client
        .register(name, "someone@example.org", GOOD)
        .isProblem(400, "INVALID_INPUT")
        .hasFaults(field);
  }

  @Test
  void tells_every_fault_at_once() {
    long before = accounts();
    client
        .register("x", "no address", "short")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("username", "email", "password");
    client
        .post("/auth/register", "{}")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("username", "email", "password");
    client
        .register("somebody", "b@example.org", "password1")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("password");
    client
        .register("somebody99", "b@example.org", "Somebody99")
        .isProblem(400, "INVALID_INPUT")
        .hasFaults("password");
    assertThat(accounts()).isEqualTo(before);
  }

  @Test
  void shows_the_caller_his_own_account() {
    RegistryClient ann = client.newUser();
    ann.publish(archive("notes", "1.0.0")).is(201);
    JsonObject me = ann.get("/users/me").is(200).json();
    assertThat(me.getString("username")).isEqualTo(ann.username());
    assertThat(me.getJsonArray("roles").getString(0)).isEqualTo("user");
    assertThat(me.getJsonArray("teams")).isEmpty();
    assertThat(me.getInt("libraries_count")).isEqualTo(1);
    assertThat(me.getInt("total_downloads")).isZero();
    assertThat(me.getJsonObject("storage").getInt("used_bytes")).isPositive();
    assertThat(me.getJsonObject("storage").getInt("quota_bytes")).isEqualTo(2_500_000);
  }

  @Test
  void shows_nothing_to_a_stranger() {
    client.get("/users/me").isProblem(401, "AUTHENTICATION_REQUIRED");
  }

  @Test
  void knows_the_first_administrator() {
    JsonObject me = client.admin().get("/users/me").is(200).json();
    assertThat(me.getJsonArray("roles").toString()).contains("admin");
  }
}
