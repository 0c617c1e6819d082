package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.Run.Outcome;

/** The command line as a process, against the registry as a process. */
@ExtendWith(RunningRegistry.class)
final class TourIT {
  private static final String PASSWORD = "a phrase that is no secret\n";

  @TempDir private Path temporary;
  private Shell shell;
  private String user;

  @BeforeEach
  void a_new_user_with_a_new_home() throws IOException {
    shell = new Shell(temporary).with("MDLIBS_REGISTRY_URL", RunningRegistry.url());
    user = "u" + HexFormat.of().toHexDigits(new Random().nextLong());
  }

  private static Outcome done(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return outcome;
  }

  private void registerAndLogin() {
    done(
        shell.mdlibsWithInput(
            PASSWORD,
            "register",
            "--username",
            user,
            "--email",
            user + "@example.com",
            "--password-stdin"));
    done(shell.mdlibsWithInput(PASSWORD, "login", "--username", user, "--password-stdin"));
  }

  private Path library(String name) throws IOException {
    Path folder = temporary.resolve(name);
    shell.in(temporary);
    done(shell.mdlibs("init", name));
    shell.in(folder);
    return folder;
  }

  private void publish(String name, String... versions) throws IOException {
    Path folder = library(name);
    for (String version : versions) {
      Files.writeString(folder.resolve("docs/README.md"), "# " + name + " " + version + "\n");
      done(shell.mdlibs("publish", "--version", version));
    }
  }

  private Path project(String name) throws IOException {
    Path folder = temporary.resolve(name);
    shell.in(folder);
    return folder;
  }

  private String reference(String name) {
    return "@" + user + "/" + name;
  }

  private String installed(Path project, String name) throws IOException {
    return Files.readString(
            project.resolve("libraries/@" + user).resolve(name).resolve("docs/README.md"))
        .strip();
  }

  private static JsonObject json(Outcome outcome) {
    return JsonParser.parseString(done(outcome).out()).getAsJsonObject();
  }

  @Test
  void from_an_empty_folder_to_an_installed_library() throws IOException {
    library("handbook");
    registerAndLogin();
    assertThat(done(shell.mdlibs("whoami")).out()).contains(user, RunningRegistry.url());
    assertThat(Files.getPosixFilePermissions(shell.home.resolve(".config/mdlibs/credentials.toml")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    Outcome dry = done(shell.mdlibs("publish", "--dry-run"));
    assertThat(dry.out()).contains("docs/README.md", "would take " + reference("handbook@1.0.0"));
    assertThat(done(shell.mdlibs("publish")).out())
        .contains("published " + reference("handbook@1.0.0"), "sha256:");

    JsonObject found = json(shell.mdlibs("search", "handb", "--scope", user, "--json"));
    assertThat(found.get("total").getAsInt()).isEqualTo(1);
    assertThat(done(shell.mdlibs("search", "handbook", "--scope", user)).out())
        .contains(reference("handbook"), "1.0.0", "documentation");
    assertThat(done(shell.mdlibs("info", reference("handbook"))).out())
        .contains("latest      1.0.0", "public");
    assertThat(json(shell.mdlibs("info", reference("handbook@1.0.0"), "--json")).has("checksum"))
        .isTrue();

    Path project = project("project");
    assertThat(done(shell.mdlibs("install", reference("handbook"))).out())
        .contains("installed " + reference("handbook@1.0.0"));
    assertThat(installed(project, "handbook")).isEqualTo("# handbook");
    assertThat(done(shell.mdlibs("list", "--installed")).out())
        .contains(reference("handbook"), "1.0.0");
    done(shell.mdlibs("logout"));
    assertThat(shell.mdlibs("whoami").exitCode()).isEqualTo(ExitCode.DENIED);
  }

  @Test
  void installs_exact_latest_and_ranges_and_again_without_network() throws IOException {
    registerAndLogin();
    publish("notes", "1.0.0", "1.2.0", "2.0.0", "3.0.0-rc.1");
    Path project = project("project");
    String notes = reference("notes");
    done(shell.mdlibs("install", notes + "@1.0.0"));
    assertThat(installed(project, "notes")).isEqualTo("# notes 1.0.0");
    done(shell.mdlibs("install", notes + "@^1"));
    assertThat(installed(project, "notes")).isEqualTo("# notes 1.2.0");
    done(shell.mdlibs("install", notes + "@latest"));
    assertThat(installed(project, "notes")).isEqualTo("# notes 2.0.0");
    assertThat(Files.readString(project.resolve(".mdlibs.toml"))).contains("\"^2.0.0\"");
    assertThat(shell.mdlibs("install", notes + "@^7").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(shell.mdlibs("install", notes + "@9.0.0").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    done(shell.mdlibs("install", notes + "@>=3.0.0-rc.0"));
    assertThat(installed(project, "notes")).isEqualTo("# notes 3.0.0-rc.1");

    // Nothing listens there: what follows comes from the lock and the cache alone.
    shell.with("MDLIBS_REGISTRY_URL", "http://127.0.0.1:1");
    Installer.delete(project.resolve("libraries"));
    done(shell.mdlibs("install", "--frozen"));
    assertThat(installed(project, "notes")).isEqualTo("# notes 3.0.0-rc.1");
    Files.writeString(
        project.resolve(".mdlibs.toml"), "[dependencies]\n\"" + notes + "\" = \"^1\"\n");
    Outcome frozen = shell.mdlibs("install", "--frozen");
    assertThat(frozen.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(installed(project, "notes")).isEqualTo("# notes 3.0.0-rc.1");
    shell.with("MDLIBS_REGISTRY_URL", RunningRegistry.url());
    done(shell.mdlibs("install", "--offline"));
    assertThat(installed(project, "notes")).isEqualTo("# notes 1.2.0");
  }

  @Test
  void installs_many_libraries_at_once() throws IOException {
    registerAndLogin();
    Path project = project("project");
    var dependencies = new StringBuilder("[dependencies]\n");
    for (int i = 0; i < 10; i++) {
      publish("library-" + i, "1.0." + i);
      dependencies.append('"').append(reference("library-" + i)).append("\" = \"1.x\"\n");
    }
    shell.in(project);
    Files.writeString(project.resolve(".mdlibs.toml"), dependencies);
    JsonObject answer = json(shell.mdlibs("install", "--json"));
    assertThat(answer.getAsJsonArray("libraries")).hasSize(10);
    assertThat(installed(project, "library-7")).isEqualTo("# library-7 1.0.7");
    assertThat(Files.readString(project.resolve(".mdlibs.toml"))).hasToString("" + dependencies);
  }

  @Test
  void text_of_any_script_comes_back_byte_for_byte_whatever_the_locale() throws IOException {
    registerAndLogin();
    shell.with("LC_ALL", "C").with("LANG", "C");
    Path folder = library("world");
    String text = "# 数据库 مرحبا こんにちは 🦆\r\n\r\nno newline at the end";
    Path name = Path.of("docs", "數據 ümlaut ダック.md");
    Files.writeString(folder.resolve(name), text);
    done(shell.mdlibs("publish", "--description", "连接数据库 مرحبا بالعالم こんにちは"));
    for (String query : new String[] {"数据", "مرحبا", "こんに"}) {
      assertThat(done(shell.mdlibs("search", query, "--scope", user)).out())
          .contains(reference("world"), "连接数据库 مرحبا بالعالم こんにちは");
    }
    Path project = project("project");
    done(shell.mdlibs("install", reference("world")));
    Path place = project.resolve("libraries/@" + user + "/world");
    assertThat(Files.readString(place.resolve(name))).isEqualTo(text);
    assertThat(done(shell.in(folder).mdlibs("list")).out()).contains("數據 ümlaut ダック.md");
  }

  @Test
  void a_large_library_comes_back_byte_for_byte() throws IOException {
    registerAndLogin();
    Path folder = library("large");
    var bytes = new byte[20 * 1024 * 1024];
    new Random(7).nextBytes(bytes);
    Files.write(folder.resolve("docs/data.bin"), bytes);
    done(shell.mdlibs("publish"));
    Path project = project("project");
    done(shell.mdlibs("install", reference("large")));
    assertThat(project.resolve("libraries/@" + user + "/large/docs/data.bin"))
        .hasBinaryContent(bytes);
  }

  @Test
  void a_version_is_published_once() throws IOException {
    registerAndLogin();
    publish("once", "1.0.0");
    assertThat(done(shell.mdlibs("publish")).out()).startsWith("already published ");
    Outcome other = shell.mdlibs("publish", "--description", "Other bytes");
    assertThat(other.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(other.err()).contains("VERSION_EXISTS").contains("\nhint: ");
    Outcome dry = shell.mdlibs("publish", "--dry-run");
    assertThat(dry.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(dry.err()).contains("VERSION_EXISTS");
  }

  @Test
  void a_private_library_is_there_for_its_owner_alone() throws IOException {
    registerAndLogin();
    library("secret");
    done(shell.mdlibs("publish", "--visibility", "private"));
    project("project");
    done(shell.mdlibs("install", reference("secret")));
    var stranger =
        new Shell(temporary.resolve("stranger")).with("MDLIBS_REGISTRY_URL", RunningRegistry.url());
    assertThat(stranger.mdlibs("info", reference("secret")).exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(stranger.mdlibs("install", reference("secret")).exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(stranger.mdlibs("search", "secret", "--scope", user).out()).contains("Nothing");
  }

  @Test
  void tells_what_went_wrong_by_its_exit_code() throws IOException {
    registerAndLogin();
    assertThat(
            shell
                .mdlibsWithInput("wrong wrong\n", "login", "--username", user, "--password-stdin")
                .exitCode())
        .isEqualTo(ExitCode.DENIED);
    library("elsewhere");
    assertThat(shell.mdlibs("publish", "--scope", "admin").exitCode())
        .isIn(ExitCode.DENIED, ExitCode.NOT_FOUND);
    shell.with("MDLIBS_TOKEN", "mdl_nonsense");
    assertThat(shell.mdlibs("publish").exitCode()).isEqualTo(ExitCode.DENIED);
    shell.with("MDLIBS_TOKEN", "");
    assertThat(
            shell
                .mdlibsWithInput(
                    PASSWORD,
                    "register",
                    "--username",
                    user,
                    "--email",
                    "other" + user + "@example.com",
                    "--password-stdin")
                .err())
        .contains("USERNAME_TAKEN");
    assertThat(shell.mdlibs("info", "@nobody-at-all/nothing").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(shell.mdlibs("search", "x", "--sort", "; drop").exitCode())
        .isEqualTo(ExitCode.FAILED);
    shell.with("MDLIBS_REGISTRY_URL", "http://127.0.0.1:1");
    assertThat(shell.mdlibs("search", "x").exitCode()).isEqualTo(ExitCode.NETWORK);
  }
}
