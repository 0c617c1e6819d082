package org.mdlibs.registry.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.ArchiveBuilder;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

/**
 * Calls every operation with what is nearly right: nothing makes the registry fail, and every
 * answer is one that the document tells.
 */
@RegistryTest
class FuzzIT {
  private static final Logger LOG = Logger.getLogger(FuzzIT.class.getName());

  /** Another one is tried by {@code -Dfuzz.seed=…}, and more by {@code -Dfuzz.rounds=…}. */
  private static final long SEED = Long.getLong("fuzz.seed", 20_260_131);

  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 8);

  /** What would change the registry for the tests after this one. */
  private static final Set<String> CALLED_BY_USERS_ALONE =
      Set.of("/api/v1/admin/read-only", "/api/v1/admin/log-level");

  private final RegistryClient client;
  private final RegistryServer server;
  private final Contract contract = Contract.read();
  private final Map<String, Integer> answers = new TreeMap<>();

  FuzzIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  @Test
  void nothing_fails_and_every_answer_is_told() {
    RegistryClient user = client.newUser();
    RegistryClient admin = client.newUser();
    String id = admin.id();
    // Not the first one, whom other tests need: guesses are counted by account.
    makeHim("admin", id);
    Fuzz fuzz = new Fuzz(SEED, server.passesControlCharacters(), known(user));
    var faults = new ArrayList<String>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Contract.Operation operation : contract.operations()) {
        for (RegistryClient caller : callers(user, admin, operation)) {
          HttpRequest.Builder request = fuzz.request(contract, operation, caller);
          fault(operation, request).ifPresent(faults::add);
        }
      }
    }
    makeHim("user", id);
    LOG.info(() -> "seed " + SEED + ", answers by status: " + answers);
    assertThat(faults).as("seed " + SEED).isEmpty();
  }

  private void makeHim(String role, String id) {
    client.admin().call("PATCH", "/admin/users/" + id, "{\"role\":\"" + role + "\"}").is(200);
  }

  private List<RegistryClient> callers(
      RegistryClient user, RegistryClient admin, Contract.Operation operation) {
    if (operation.path().endsWith("/logout")) {
      return List.of(client);
    }
    return CALLED_BY_USERS_ALONE.contains(operation.path())
        ? List.of(client, user)
        : List.of(client, user, admin);
  }

  /** Things that there are, so that not everything ends with 404. */
  private static Map<String, List<String>> known(RegistryClient user) {
    user.publish(ArchiveBuilder.archive("fuzzed", "1.0.0")).is(201);
    user.publish(ArchiveBuilder.archive("fuzzed", "1.1.0")).is(201);
    String team = "fuzz-team-" + user.username();
    String id =
        user.post("/teams", "{\"name\":\"" + team + "\",\"display_name\":\"Fuzz\"}")
            .is(201)
            .string("id");
    String other = user.newUser().id();
    String token = user.post("/auth/tokens", "{\"name\":\"fuzz\"}").is(201).string("id");
    return Map.of(
        "scope", List.of(user.username(), team),
        "libraries.name", List.of("fuzzed"),
        "libraries.version", List.of("1.0.0", "1.1.0", "latest"),
        "teams.id", List.of(id),
        "teams.uid", List.of(other, user.id()),
        "admin.id", List.of(other, id, token),
        "auth.id", List.of(token),
        "user_code", List.of("BCDF-GHJK"));
  }

  /** Too many logins at once are told so; a part that fails by what it was sent is a fault. */
  private static boolean isBusy(Answer answer) {
    return answer.status() == 503
        && !answer.text().contains("DATABASE_UNAVAILABLE")
        && !answer.text().contains("STORAGE_UNAVAILABLE");
  }

  private Optional<String> fault(Contract.Operation operation, HttpRequest.Builder request) {
    Answer answer = client.send(request);
    answers.merge(operation.verb() + " " + answer.status(), 1, Integer::sum);
    String type = answer.header("Content-Type").orElse("").split(";", -1)[0];
    String fault =
        answer.status() >= 500 && !isBusy(answer)
            ? "failed"
            : contract.fault(operation, answer.status(), type, answer.text());
    return fault.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s: %d %s %s"
                .formatted(
                    operation.verb(),
                    request.build().uri(),
                    answer.status(),
                    fault,
                    answer.text()));
  }
}
