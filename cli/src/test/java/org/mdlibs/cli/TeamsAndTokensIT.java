package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.Run.Outcome;

/** Teams, tokens, and what is withdrawn: the command line against the registry as a process. */
@ExtendWith(RunningRegistry.class)
final class TeamsAndTokensIT {
  private static final String PASSWORD = "a phrase that is no secret\n";

  @TempDir private Path temporary;
  private Shell ann;
  private String user;
  private String team;

  @BeforeEach
  void a_user_who_is_logged_in() throws IOException {
    String unique = HexFormat.of().toHexDigits(new Random().nextLong());
    user = "u" + unique;
    team = "t" + unique;
    ann = person(user);
  }

  private Shell person(String name) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve(name));
    var shell = new Shell(folder).in(folder).with("MDLIBS_REGISTRY_URL", RunningRegistry.url());
    done(
        shell.mdlibsWithInput(
            PASSWORD,
            "register",
            "--username",
            name,
            "--email",
            name + "@example.com",
            "--password-stdin"));
    done(shell.mdlibsWithInput(PASSWORD, "login", "--username", name, "--password-stdin"));
    return shell;
  }

  private static Outcome done(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return outcome;
  }

  private static JsonObject json(Outcome outcome) {
    return JsonParser.parseString(done(outcome).out()).getAsJsonObject();
  }

  private Path library(String name) throws IOException {
    Path home = temporary.resolve(user);
    ann.in(home);
    done(ann.mdlibs("init", name));
    ann.in(home.resolve(name));
    return home.resolve(name);
  }

  @Test
  void a_token_opens_what_its_scopes_say_until_it_is_revoked() throws IOException {
    Outcome made = ann.mdlibs("token", "create", "reader", "--expires", "7");
    assertThat(made.exitCode()).isZero();
    String secret = made.out().strip();
    assertThat(secret).startsWith("mdl_");
    assertThat(made.err()).contains("reader", "(read;").doesNotContain(secret);
    assertThat(done(ann.mdlibs("token", "list")).out())
        .containsPattern("\\* +\\S+ +read,publish,manage")
        .contains("reader")
        .doesNotContain(secret);

    var machine =
        new Shell(Files.createDirectories(temporary.resolve("machine")))
            .with("MDLIBS_REGISTRY_URL", RunningRegistry.url())
            .with("MDLIBS_TOKEN", secret);
    assertThat(done(machine.mdlibs("whoami")).out()).contains(user).doesNotContain("expires");
    Outcome denied = machine.mdlibs("token", "create", "more");
    assertThat(denied.exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(denied.err()).contains("manage");

    assertThat(ann.mdlibs("token", "create", "reader").exitCode()).isZero();
    Outcome two = ann.mdlibs("token", "revoke", "reader");
    assertThat(two.exitCode()).isEqualTo(ExitCode.FAILED);
    for (var token : json(ann.mdlibs("token", "list", "--json")).getAsJsonArray("tokens")) {
      JsonObject details = token.getAsJsonObject();
      if (details.get("name").getAsString().equals("reader")) {
        String id = details.get("id").getAsString();
        assertThat(two.err()).contains(id);
        done(ann.mdlibs("token", "revoke", id));
      }
    }
    assertThat(machine.mdlibs("whoami").exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(ann.mdlibs("token", "revoke", "reader").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void logout_ends_the_token_on_the_registry_too() throws IOException {
    Path file = ann.home.resolve(".config/mdlibs/credentials.toml");
    String secret = Files.readString(file).replaceAll("(?s).*\"(mdl_\\w+)\".*", "$1");
    assertThat(secret).startsWith("mdl_");
    done(ann.mdlibs("logout"));
    ann.with("MDLIBS_TOKEN", secret);
    assertThat(ann.mdlibs("whoami").exitCode()).isEqualTo(ExitCode.DENIED);
  }

  @Test
  void a_team_publishes_for_its_members_alone() throws IOException {
    String friend = user + "x";
    Shell bob = person(friend);
    done(ann.mdlibs("team", "create", team, "--display-name", "Über Uns"));
    assertThat(done(ann.mdlibs("team", "list")).out()).contains(team, "admin", "Über Uns");
    assertThat(done(ann.mdlibs("whoami")).out()).contains(team + " (admin)");
    library("plans");
    done(ann.mdlibs("publish", "--scope", team, "--visibility", "private"));
    String plans = "@" + team + "/plans";

    assertThat(bob.mdlibs("info", plans).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(bob.mdlibs("team", "show", team).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(done(ann.mdlibs("team", "add", team, friend)).out()).contains("as member");
    done(bob.mdlibs("info", plans));
    assertThat(done(bob.mdlibs("team", "show", team)).out()).contains(user, friend, "member");
    assertThat(bob.mdlibs("team", "add", team, user).exitCode()).isEqualTo(ExitCode.DENIED);
    assertThat(bob.mdlibs("delete", plans + "@1.0.0", "--yes").exitCode())
        .isEqualTo(ExitCode.DENIED);
    assertThat(done(ann.mdlibs("team", "add", team, friend, "--role", "admin")).out())
        .contains("is now admin");
    done(ann.mdlibs("team", "remove", team, user));
    assertThat(bob.mdlibs("team", "remove", team, friend).err()).contains("LAST_ADMIN");

    assertThat(bob.mdlibs("team", "delete", team).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(bob.mdlibs("team", "delete", team, "--yes").err()).contains("TEAM_NOT_EMPTY");
    done(bob.mdlibs("delete", plans + "@1.0.0", "--yes"));
    done(bob.mdlibs("team", "delete", team, "--yes"));
    assertThat(done(bob.mdlibs("team", "list")).out()).contains("in no team");
    assertThat(ann.mdlibs("team", "create", team).exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_yanked_version_installs_only_from_a_lock_and_a_deleted_one_not_at_all()
      throws IOException {
    Path folder = library("notes");
    String notes = "@" + user + "/notes";
    done(ann.mdlibs("publish"));
    done(ann.mdlibs("publish", "--version", "1.1.0"));
    done(ann.mdlibs("yank", notes + "@1.1.0"));
    ann.in(folder.resolveSibling("project"));
    assertThat(done(ann.mdlibs("install", notes + "@^1")).out()).contains("notes@1.0.0");
    Outcome exact = ann.mdlibs("install", notes + "@1.1.0");
    assertThat(exact.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(exact.err()).contains("was yanked");
    done(ann.mdlibs("unyank", notes + "@1.1.0"));
    done(ann.mdlibs("install", notes + "@1.1.0"));
    done(ann.mdlibs("yank", notes + "@1.1.0"));
    Installer.delete(folder.resolveSibling("project").resolve("libraries"));
    assertThat(done(ann.mdlibs("install", "--frozen")).out()).contains("notes@1.1.0");
    done(ann.mdlibs("unyank", notes + "@1.1.0"));
    assertThat(done(ann.mdlibs("info", notes)).out()).contains("latest      1.1.0");
    done(ann.mdlibs("delete", notes + "@1.1.0", "--yes"));
    assertThat(ann.mdlibs("info", notes + "@1.1.0").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    ann.in(folder);
    assertThat(ann.mdlibs("publish", "--version", "1.1.0").exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_library_that_moved_is_found_under_its_old_name() throws IOException {
    Path folder = library("notes");
    String notes = "@" + user + "/notes";
    String there = "@" + team + "/notes";
    done(ann.mdlibs("publish"));
    done(ann.mdlibs("team", "create", team));
    Outcome made = ann.mdlibs("token", "create", "mover", "--scope", "read,manage");
    transfer(made.out().strip());

    ann.in(folder.resolveSibling("project"));
    Outcome installed = ann.mdlibs("install", notes);
    assertThat(installed.exitCode()).isZero();
    assertThat(installed.err().lines()).containsExactly(notes + " moved to " + there);
    assertThat(installed.out()).contains("installed " + notes + "@1.0.0");
    done(ann.mdlibs("install", "--frozen"));
    Outcome yanked = ann.mdlibs("yank", notes + "@1.0.0");
    assertThat(yanked.exitCode()).isZero();
    assertThat(done(ann.mdlibs("info", there + "@1.0.0")).out()).contains("yanked");
    assertThat(ann.mdlibs("delete", notes + "@1.0.0", "--yes").exitCode()).isZero();
    assertThat(ann.mdlibs("info", there + "@1.0.0").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
  }

  /** Moves the notes to the team, which the command line has no command for. */
  private void transfer(String token) throws IOException {
    URI uri = URI.create(RunningRegistry.url() + "/api/v1/libraries/" + user + "/notes/transfer");
    var connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("Authorization", "Bearer " + token);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(("{\"scope\":\"" + team + "\"}").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(connection.getResponseCode()).isEqualTo(200);
  }
}
