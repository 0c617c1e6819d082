package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.LoopbackServer.Given;
import org.mdlibs.cli.Run.Outcome;

final class TeamCommandTest {
  private static final String ID = "00000000-0000-4000-8000-000000000001";
  private static final String OTHER = "00000000-0000-4000-8000-000000000002";
  private static final String TEAM = "/api/v1/teams/" + ID;
  private static final String PLATFORM =
      "{\"id\":\"%s\",\"name\":\"platform\",\"display_name\":\"Platform \\u001b[2JTeam\","
              .formatted(ID)
          + "\"role\":\"admin\",\"members_count\":2,\"libraries_count\":3}";

  private final LoopbackServer server = new LoopbackServer();
  @TempDir private Path temporary;
  private Run run;

  @BeforeEach
  void logged_in() throws IOException {
    run =
        new Run(temporary)
            .with("MDLIBS_REGISTRY_URL", server.url())
            .with("MDLIBS_TOKEN", "mdl_mine");
    server.on("GET /api/v1/teams", Given.json(200, "{\"teams\":[" + PLATFORM + "]}"));
    members(
        1,
        2,
        "{\"user_id\":\"7\",\"username\":\"ann\",\"role\":\"admin\"},"
            + "{\"user_id\":\"8\",\"username\":\"bob\",\"role\":\"member\","
            + "\"joined_at\":\"2026-11-25T00:00:00Z\"}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void members(int page, int total, String members) {
    server.on(
        "GET " + TEAM + "/members?per_page=100&page=" + page,
        Given.json(
            200,
            "{\"members\":[%s],\"total\":%d,\"page\":%d,\"per_page\":100}"
                .formatted(members, total, page)));
  }

  @Test
  void list_shows_the_callers_teams_and_cleans_what_the_registry_says() {
    Outcome outcome = run.mdlibs("team", "list");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .containsPattern("platform +admin +2 +3 +Platform")
        .doesNotContain("\u001b");
    assertThat(server.seen().get(0).authorization()).contains("Bearer mdl_mine");
    String json = run.mdlibs("team", "list", "--json").out();
    assertThat(json).doesNotContain("\u001b");
    assertThat(JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("teams")).hasSize(1);
    server.on("GET /api/v1/teams", Given.json(200, "{\"teams\":[]}"));
    assertThat(run.mdlibs("team", "list").out()).contains("in no team");
  }

  @Test
  void create_sends_a_display_name_only_when_it_is_given() {
    server.on("POST /api/v1/teams", Given.json(201, PLATFORM));
    assertThat(run.mdlibs("team", "create", "platform").out())
        .contains("Made the team platform", "--scope platform");
    assertThat(server.seen().get(0).text()).isEqualTo("{\"name\":\"platform\"}");
    Outcome outcome =
        run.mdlibs("team", "create", "platform", "--display-name", "Über Uns", "--json");
    assertThat(outcome.out()).contains(ID);
    assertThat(server.seen().get(1).text()).contains("\"display_name\":");
    server.on("POST /api/v1/teams", Given.json(409, "{\"code\":\"TEAM_NAME_TAKEN\"}"));
    assertThat(run.mdlibs("team", "create", "platform").exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void show_finds_the_id_by_the_name_and_shows_the_members() {
    server.on(
        "GET " + TEAM,
        Given.json(
            200,
            PLATFORM.replace("}", ",\"storage\":{\"used_bytes\":2048,\"quota_bytes\":4096}}")));
    Outcome outcome = run.mdlibs("team", "show", "@Platform");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("platform", ID, " of ")
        .containsPattern("ann +admin")
        .containsPattern("bob +member +2026-11-25")
        .doesNotContain("\u001b");
    JsonObject json =
        JsonParser.parseString(run.mdlibs("team", "show", "platform", "--json").out())
            .getAsJsonObject();
    assertThat(json.get("id").getAsString()).isEqualTo(ID);
    assertThat(json.getAsJsonArray("members")).hasSize(2);
  }

  @Test
  void a_team_that_the_caller_is_not_in_is_not_found() {
    for (String[] line :
        new String[][] {
          {"team", "show", "other"},
          {"team", "delete", "other", "--yes"},
          {"team", "add", "other", "bob"},
          {"team", "remove", "other", "bob"}
        }) {
      Outcome outcome = run.mdlibs(line);
      assertThat(outcome.exitCode()).as(line[1]).isEqualTo(ExitCode.NOT_FOUND);
      assertThat(outcome.err()).contains("no team 'other'", "mdlibs team list");
    }
    assertThat(server.lines()).containsOnly("GET /api/v1/teams");
  }

  @Test
  void an_administrator_names_a_team_by_its_id() {
    server.on("DELETE /api/v1/teams/" + OTHER, Given.json(204, ""));
    assertThat(run.mdlibs("team", "delete", OTHER, "--yes").exitCode()).isZero();
  }

  @Test
  void delete_without_a_terminal_needs_yes_and_sends_nothing_before() {
    Outcome outcome = run.input("y\n").mdlibs("team", "delete", "platform");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("hint: Give --yes.");
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void delete_tells_why_a_team_stays() {
    server.on("DELETE " + TEAM, Given.json(204, ""));
    assertThat(run.mdlibs("team", "delete", "platform", "--yes").out())
        .contains("Deleted the team platform");
    assertThat(run.mdlibs("team", "delete", "platform", "--yes", "--json").out())
        .contains("\"deleted\": true");
    server.on("DELETE " + TEAM, Given.json(409, "{\"code\":\"TEAM_NOT_EMPTY\"}"));
    Outcome outcome = run.mdlibs("team", "delete", "platform", "--yes");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("TEAM_NOT_EMPTY", "hint: Delete its versions");
  }

  @Test
  void add_tells_a_new_member_from_a_changed_role() {
    server.on(
        "POST " + TEAM + "/members",
        Given.json(201, "{\"user_id\":\"9\",\"username\":\"eve\",\"role\":\"member\"}"));
    assertThat(run.mdlibs("team", "add", "platform", "eve").out())
        .contains("Added eve to platform as member");
    assertThat(server.seen().get(1).text()).isEqualTo("{\"username\":\"eve\",\"role\":\"member\"}");
    server.on(
        "POST " + TEAM + "/members",
        Given.json(200, "{\"user_id\":\"8\",\"username\":\"bob\",\"role\":\"admin\"}"));
    assertThat(run.mdlibs("team", "add", "platform", "bob", "--role", "admin").out())
        .contains("bob is now admin of platform");
    assertThat(run.mdlibs("team", "add", "platform", "bob", "--role", "admin", "--json").out())
        .contains("\"role\": \"admin\"");
    assertThat(run.mdlibs("team", "add", "platform", "bob", "--role", "king").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_user_that_there_is_not_and_a_caller_who_may_not_are_told_apart() {
    server.on(
        "POST " + TEAM + "/members",
        Given.json(404, "{\"title\":\"No user\",\"code\":\"USER_NOT_FOUND\"}"));
    Outcome unknown = run.mdlibs("team", "add", "platform", "nobody");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(unknown.err()).contains("hint: Check the spelling");
    server.on("POST " + TEAM + "/members", Given.json(403, "{\"code\":\"FORBIDDEN\"}"));
    assertThat(run.mdlibs("team", "add", "platform", "bob").exitCode()).isEqualTo(ExitCode.DENIED);
  }

  @Test
  void remove_finds_the_user_among_all_pages_of_members() {
    var first = new ArrayList<String>();
    for (int i = 0; i < 100; i++) {
      first.add("{\"user_id\":\"%d\",\"username\":\"u%d\"}".formatted(1000 + i, i));
    }
    members(1, 101, String.join(",", first));
    members(2, 101, "{\"user_id\":\"8\",\"username\":\"bob\"}");
    server.on("DELETE " + TEAM + "/members/8", Given.json(204, ""));
    assertThat(run.mdlibs("team", "remove", "platform", "Bob").out())
        .contains("Removed Bob from platform");
    assertThat(server.lines()).endsWith("DELETE " + TEAM + "/members/8");
    assertThat(run.mdlibs("team", "remove", "platform", "bob", "--json").out())
        .contains("\"removed\": true");
    Outcome absent = run.mdlibs("team", "remove", "platform", "nobody");
    assertThat(absent.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(absent.err()).contains("'nobody' is not in the team");
  }

  @Test
  void the_last_admin_stays() {
    server.on("DELETE " + TEAM + "/members/7", Given.json(409, "{\"code\":\"LAST_ADMIN\"}"));
    Outcome outcome = run.mdlibs("team", "remove", "platform", "ann");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("LAST_ADMIN", "hint: Make somebody else admin first");
  }

  @Test
  void a_list_of_pages_that_never_ends_ends() {
    server.on("DELETE " + TEAM + "/members/8", Given.json(204, ""));
    for (int page = 1; page <= 101; page++) {
      members(page, Integer.MAX_VALUE, "{\"user_id\":\"1\",\"username\":\"x\"}");
    }
    assertThat(run.mdlibs("team", "remove", "platform", "bob").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(server.seen()).hasSize(101);
  }
}
