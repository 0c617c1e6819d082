package org.mdlibs.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryTest;

/** The limits of the tests' registry; see RegistryServer. Each test has addresses of its own. */
@RegistryTest
class LimitsIT {
  private static final int ANONYMOUS = 1_500;
  private static final int SEARCHES = 2_000;
  private static final int LOGINS = 100;
  private static final int PUBLICATIONS = 600;
  private static final int THREADS = 4;

  private final RegistryClient client;

  LimitsIT(RegistryClient client) {
    this.client = client;
  }

  private Answer from(String address, RegistryClient caller, String path) {
    return caller.get(path, "X-Forwarded-For", address);
  }

  /** Calls until it is refused; how many answers of each status came, and the last refusal. */
  private static Answer exhaust(int limit, Map<Integer, Integer> statuses, Supplier<Answer> call)
      throws InterruptedException, ExecutionException {
    ExecutorService callers = Executors.newFixedThreadPool(THREADS);
    var calls = new ArrayList<Callable<Optional<Answer>>>();
    for (int i = 0; i < THREADS; i++) {
      calls.add(
          () -> {
            // What is refilled meanwhile comes on top; more than as much again never does.
            for (int calling = 0; calling < limit; calling++) {
              Answer answer = call.get();
              statuses.merge(answer.status(), 1, Integer::sum);
              if (answer.status() == 429) {
                return Optional.of(answer);
              }
            }
            return Optional.empty();
          });
    }
    Optional<Answer> refusal = Optional.empty();
    for (var caller : callers.invokeAll(calls)) {
      refusal = refusal.or(() -> get(caller));
    }
    callers.shutdown();
    return refusal.orElseThrow(() -> new AssertionError("never refused: " + statuses));
  }

  private static Optional<Answer> get(java.util.concurrent.Future<Optional<Answer>> caller) {
    try {
      return caller.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void isRefusal(Answer answer, int limit) {
    answer.isProblem(429, "TOO_MANY_REQUESTS");
    assertThat(answer.header("RateLimit-Limit")).contains(Integer.toString(limit));
    assertThat(answer.header("RateLimit-Remaining")).contains("0");
    assertThat(answer.header("RateLimit-Reset").map(Integer::valueOf).orElseThrow()).isPositive();
    assertThat(answer.header("Retry-After").map(Integer::valueOf).orElseThrow()).isPositive();
  }

  @Test
  void tells_in_each_answer_what_is_left() {
    String address = "198.51.100.20";
    Answer first = from(address, client, "/auth/methods").is(200);
    assertThat(first.header("RateLimit-Limit")).contains(Integer.toString(ANONYMOUS));
    assertThat(first.header("RateLimit-Remaining")).contains(Integer.toString(ANONYMOUS - 1));
    assertThat(first.header("RateLimit-Reset")).contains("1");
    Answer missing = from(address, client, "/libraries/ann/nothing").is(404);
    assertThat(missing.header("RateLimit-Limit")).contains(Integer.toString(ANONYMOUS));
    assertThat(from(address, client.newUser(), "/users/me").is(200).header("RateLimit-Limit"))
        .contains("100000");
    assertThat(from(address, client, "/libraries").is(200).header("RateLimit-Limit"))
        .contains(Integer.toString(SEARCHES));
  }

  @Test
  void refuses_an_address_that_calls_too_often_and_nobody_else() throws Exception {
    String address = "2001:db8:1:1::1";
    Answer refusal =
        exhaust(
            ANONYMOUS,
            new ConcurrentHashMap<>(),
            () -> from(address, client, "/libraries/ann/nothing"));
    isRefusal(refusal, ANONYMOUS);
    // One host has all the addresses that begin alike.
    Answer neighbour =
        from("2001:db8:1:1:ffff::7", client, "/libraries/ann/nothing/1.0.0/download");
    assertThat(neighbour.header("RateLimit-Remaining").map(Integer::valueOf).orElseThrow())
        .isLessThan(ANONYMOUS / 2);
    from("2001:db8:1:2::1", client, "/libraries/ann/nothing").is(404);
    from(address, client.newUser(), "/users/me").is(200);
    from(address, client, "/libraries").is(200);
    client.send(client.request("/health/live").header("X-Forwarded-For", address)).is(200);
    client
        .send(client.request("/.well-known/jwks.json").header("X-Forwarded-For", address))
        .is(200);
  }

  @Test
  void counts_credentials_that_it_refuses_against_their_address() throws Exception {
    RegistryClient forger = client.withToken("mdl_no-such-token");
    var statuses = new ConcurrentHashMap<Integer, Integer>();
    Answer refusal = exhaust(ANONYMOUS, statuses, () -> from("198.51.100.21", forger, "/users/me"));
    isRefusal(refusal, ANONYMOUS);
    assertThat(statuses).containsOnlyKeys(401, 429);
  }

  @Test
  void counts_publishing_by_scope_whoever_publishes() throws Exception {
    RegistryClient ann = client.newUser();
    byte[] archive = ArchiveBuilder.archive("limited", "1.0.0").bytes();
    var statuses = new ConcurrentHashMap<Integer, Integer>();
    Answer refusal = exhaust(PUBLICATIONS, statuses, () -> ann.publish(archive));
    isRefusal(refusal, PUBLICATIONS);
    assertThat(statuses).containsOnlyKeys(201, 409, 429).containsEntry(201, 1);
    // One more in six seconds.
    assertThat(statuses.get(201) + statuses.get(409)).isBetween(PUBLICATIONS, PUBLICATIONS + 60);
    ann.dryRun(archive).isProblem(429, "TOO_MANY_REQUESTS");
    ann.get("/libraries/" + ann.username() + "/limited").is(200);
    // Nobody uses up what others have: a stranger is refused before he is counted.
    RegistryClient bob = client.newUser();
    bob.publish(archive, "scope", ann.username()).is(403);
    bob.publish(archive).is(201);
  }

  @Test
  void counts_logins_of_an_account_from_an_address_also_when_they_succeed() throws Exception {
    RegistryClient ann = client.newUser();
    var statuses = new ConcurrentHashMap<Integer, Integer>();
    Answer refusal =
        exhaust(
            LOGINS,
            statuses,
            () -> client.loginFrom("198.51.100.22", ann.username(), RegistryClient.PASSWORD));
    isRefusal(refusal, LOGINS);
    assertThat(statuses.get(200)).isGreaterThanOrEqualTo(LOGINS);
    client.loginFrom("198.51.100.23", ann.username(), RegistryClient.PASSWORD).is(200);
    ann.get("/users/me").is(200);
  }

  @Test
  void counts_registrations_by_address() throws Exception {
    RegistryClient ann = client.newUser();
    String taken =
        "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
            .formatted(ann.username(), ann.username(), RegistryClient.PASSWORD);
    Answer refusal =
        exhaust(
            LOGINS,
            new ConcurrentHashMap<>(),
            () -> client.postFrom("198.51.100.24", "/auth/register", taken));
    isRefusal(refusal, LOGINS);
    client.postFrom("198.51.100.25", "/auth/register", taken).is(409);
  }
}
