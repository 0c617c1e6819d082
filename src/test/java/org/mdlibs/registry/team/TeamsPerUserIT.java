package org.mdlibs.registry.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.testing.Answer;
import org.mdlibs.registry.testing.RegistryClient;
import org.mdlibs.registry.testing.RegistryServer;
import org.mdlibs.registry.testing.RegistryTest;

@RegistryTest
class TeamsPerUserIT {
  private static final int MOST = 20;

  private final RegistryClient client;
  private final RegistryServer server;
  private final String prefix = "many" + Long.toString(System.nanoTime(), 36) + "-";

  TeamsPerUserIT(RegistryClient client, RegistryServer server) {
    this.client = client;
    this.server = server;
  }

  private Answer create(RegistryClient caller, int number) {
    return caller.post("/teams", "{\"name\":\"" + prefix + number + "\"}");
  }

  private long teams() {
    return server.count("select count(*) from teams where name like ?", prefix + "%");
  }

  @Test
  void a_user_makes_so_many_teams_and_room_for_others_by_deleting() {
    RegistryClient ann = client.newUser();
    String first = create(ann, 1).is(201).string("id");
    IntStream.rangeClosed(2, MOST).forEach(number -> create(ann, number).is(201));
    Answer refusal = create(ann, 21).isProblem(409, "TOO_MANY_TEAMS");
    assertThat(refusal.string("detail")).contains("20");
    assertThat(teams()).isEqualTo(MOST);
    create(client.newUser(), 22).is(201);
    ann.delete("/teams/" + first).is(204);
    create(ann, 23).is(201);
    create(ann, 24).isProblem(409, "TOO_MANY_TEAMS");
  }

  @Test
  void an_administrator_makes_any_number() {
    RegistryClient admin = client.admin();
    IntStream.rangeClosed(1, MOST + 2).forEach(number -> create(admin, number).is(201));
  }

  @Test
  void whoever_makes_several_at_once_gets_no_more() {
    RegistryClient ann = client.newUser();
    IntStream.range(1, MOST).forEach(number -> create(ann, number).is(201));
    List<CompletableFuture<Answer>> rivals =
        IntStream.range(MOST, MOST + 4)
            .mapToObj(number -> CompletableFuture.supplyAsync(() -> create(ann, number)))
            .toList();
    assertThat(rivals.stream().map(rival -> rival.join().status()))
        .containsExactlyInAnyOrder(201, 409, 409, 409);
    assertThat(teams()).isEqualTo(MOST);
  }
}
