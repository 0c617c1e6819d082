package org.mdlibs.registry.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class ThrottleIT {
  private static final String GOOD = RegistryClient.PASSWORD;

  private final RegistryClient client;
  private final RegistryServer server;

  ThrottleIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  /** Fails until the registry has enough of it. */
  private Answer failFrom(String address, String name) {
    Answer last = null;
    for (int i = 0; i < 15; i++) {
      last = client.loginFrom(address, name, "wrong " + i);
      if (last.status() == 429) {
        assertThat(i).isGreaterThanOrEqualTo(10);
        return last;
      }
      last.isProblem(401, "INVALID_CREDENTIALS");
    }
    return last;
  }

  @Test
  void refuses_after_ten_failures_even_the_right_password() {
    RegistryClient ann = client.newUser();
    Answer throttled = failFrom("198.51.100.1", ann.username());
    throttled.isProblem(429, "TOO_MANY_REQUESTS");
    assertThat(Integer.parseInt(throttled.header("Retry-After").orElseThrow())).isBetween(1, 60);
    client.loginFrom("198.51.100.1", ann.username(), GOOD).isProblem(429, "TOO_MANY_REQUESTS");
    client
        .loginFrom("198.51.100.1", ann.username().toUpperCase(java.util.Locale.ROOT), GOOD)
        .isProblem(429, "TOO_MANY_REQUESTS");
    client.loginFrom("198.51.100.2", ann.username(), GOOD).is(200);
    ann.get("/users/me").is(200);
  }

  @Test
  void treats_an_account_that_does_not_exist_alike() {
    Answer throttled = failFrom("198.51.100.3", "nobody-at-all");
    throttled.isProblem(429, "TOO_MANY_REQUESTS");
    RegistryClient ann = client.newUser();
    assertThat(failFrom("198.51.100.3", ann.username()).json().getString("detail"))
        .isEqualTo(throttled.json().getString("detail"));
  }

  @Test
  void counts_failures_alone() {
    RegistryClient ann = client.newUser();
    for (int i = 0; i < 15; i++) {
      client.loginFrom("198.51.100.4", ann.username(), GOOD).is(200);
    }
  }

  @Test
  void lets_the_account_in_again_when_time_has_passed() {
    RegistryClient ann = client.newUser();
    failFrom("198.51.100.5", ann.username()).is(429);
    server.execute("update login_buckets set full_until = full_until - 60000");
    client.loginFrom("198.51.100.5", ann.username(), GOOD).is(200);
  }

  @Test
  void takes_half_an_ipv6_address_for_one_place() {
    RegistryClient ann = client.newUser();
    for (int i = 0; i < 12; i++) {
      client.loginFrom("2001:db8:0:7::" + i, ann.username(), "wrong");
    }
    client.loginFrom("2001:db8:0:7:a:b:c:d", ann.username(), GOOD).is(429);
    client.loginFrom("2001:db8:0:8::1", ann.username(), GOOD).is(200);
  }

  @Test
  void believes_the_last_address_that_no_proxy_of_its_own_told() {
    RegistryClient ann = client.newUser();
    for (int i = 0; i < 12; i++) {
      client.loginFrom("203.0.113." + i + ", 198.51.100.6", ann.username(), "wrong");
    }
    client.loginFrom("203.0.113.99, 198.51.100.6", ann.username(), GOOD).is(429);
  }

  /** From many places at once: the account is closed to strangers, not to where it is at home. */
  @Test
  void keeps_an_account_open_where_it_logged_in_before() {
    RegistryClient ann = client.newUser();
    client.loginFrom("198.51.100.7", ann.username(), GOOD).is(200);
    client.loginFrom("192.0.2.1", ann.username(), "wrong").is(401);
    server.execute(
        "update login_buckets set full_until = full_until + 60000 where bucket = ?",
        Attempt.of(ann.username(), "192.0.2.1").account());
    client.loginFrom("192.0.2.200", ann.username(), GOOD).isProblem(429, "TOO_MANY_REQUESTS");
    client.loginFrom("198.51.100.7", ann.username(), GOOD).is(200);
  }

  @Test
  void survives_a_thousand_wrong_passwords() throws Exception {
    RegistryClient ann = client.newUser();
    // As many as may hash at once: so none waits for its turn, and none can be refused (503) for
    // that.
    var pool = Executors.newFixedThreadPool(4);
    var attempts = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 1_000; i++) {
      String wrong = "wrong " + i;
      attempts.add(() -> client.loginFrom("198.51.100.8", ann.username(), wrong).status());
    }
    Map<Integer, Integer> statuses = new HashMap<>();
    for (var attempt : pool.invokeAll(attempts)) {
      statuses.merge(attempt.get(), 1, Integer::sum);
    }
    pool.shutdown();
    assertThat(statuses).containsOnlyKeys(401, 429);
    assertThat(statuses.get(401)).isBetween(10, 100);
    ann.get("/users/me").is(200);
    client.loginFrom("198.51.100.9", ann.username(), GOOD).is(200);
    server.execute("update login_buckets set full_until = 0");
    client.loginFrom("198.51.100.8", ann.username(), GOOD).is(200);
  }

  @Test
  void names_in_the_log_only_accounts_that_exist() {
    RegistryClient ann = client.newUser();
    client.loginFrom("198.51.100.10", ann.username(), "wrong").is(401);
    client.loginFrom("198.51.100.10", "my secret password", "ann").is(401);
    assertThat(
            server.count(
                "select count(*) from audit_events where action = 'user.login'"
                    + " and outcome = 'failure' and address = '198.51.100.10' and target = ?",
                "user:" + ann.username()))
        .isEqualTo(1);
    assertThat(
            server.count(
                "select count(*) from audit_events where address = '198.51.100.10'"
                    + " and target = 'user:?'"))
        .isEqualTo(1);
    assertThat(
            server.count(
                "select count(*) from audit_events where address = '198.51.100.10' and (target like"
                    + " '%secret%' or detail like '%secret%' or actor like '%secret%')"))
        .isZero();
    client.loginFrom("198.51.100.10", ann.username(), GOOD).is(200);
    assertThat(
            server.text(
                "select target from audit_events where action = 'user.login'"
                    + " and outcome = 'success' and address = '198.51.100.10'"))
        .isEqualTo("user:" + ann.username());
    assertThat(
            server.count(
                "select count(*) from audit_events where action = 'user.registered' and target = ?",
                "user:" + ann.username()))
        .isEqualTo(1);
  }
}
