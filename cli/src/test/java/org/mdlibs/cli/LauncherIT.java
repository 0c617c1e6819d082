package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdlibs.cli.Run.Outcome;

final class LauncherIT {
  @TempDir private Path temporary;

  @Test
  void runs_as_it_lies_there() throws IOException {
    Outcome outcome = new Shell(temporary).mdlibs("--version");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).matches("mdlibs \\d+\\.\\d+\\.\\d+\\S*\\R");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void runs_through_a_chain_of_links_absolute_and_relative() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("with space/bin"));
    Files.createSymbolicLink(folder.resolve("absolute"), Shell.launcher());
    Files.createSymbolicLink(folder.resolve("mdlibs"), Path.of("absolute"));
    Files.createSymbolicLink(temporary.resolve("there"), Path.of("with space/bin/mdlibs"));
    Outcome outcome =
        new Shell(temporary).run("", List.of(temporary.resolve("there").toString(), "--version"));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith("mdlibs ");
  }

  @Test
  void its_class_data_archive_fits_the_java_that_built_it() throws IOException {
    Outcome outcome =
        new Shell(temporary).with("MDLIBS_JAVA_OPTS", "-Xshare:on").mdlibs("search", "--help");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void runs_without_its_class_data_archive_and_without_a_home_to_write_to() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("copy"));
    for (String file : List.of("mdlibs", "mdlibs.jar")) {
      Files.copy(Shell.launcher().resolveSibling(file), folder.resolve(file));
    }
    assertThat(folder.resolve("mdlibs").toFile().setExecutable(true)).isTrue();
    Outcome outcome =
        new Shell(temporary)
            .with("HOME", "/nonexistent")
            .run("", List.of(folder.resolve("mdlibs").toString(), "registry", "list"));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("built in");
  }

  @Test
  void finds_java_on_the_path() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    Outcome outcome =
        new Shell(temporary)
            .with("JAVA_HOME", "")
            .with("PATH", java + ":/usr/bin:/bin")
            .mdlibs("--version");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void says_so_when_there_is_no_java() throws IOException {
    Path empty = Files.createDirectories(temporary.resolve("bin"));
    Files.createSymbolicLink(empty.resolve("readlink"), Path.of("/usr/bin/readlink"));
    Outcome outcome =
        new Shell(temporary)
            .with("JAVA_HOME", "/nonexistent")
            .with("PATH", empty.toString())
            .run("", List.of("/bin/sh", Shell.launcher().toString(), "--version"));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("error: Java is not found.\nhint: ");
  }

  @Test
  void the_jar_runs_alone() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = Shell.launcher().resolveSibling("mdlibs.jar");
    Outcome outcome =
        new Shell(temporary).run("", List.of(java.toString(), "-jar", jar.toString(), "init"));
    assertThat(outcome.exitCode()).isZero();
    assertThat(temporary.resolve(".mdlibs.toml")).exists();
  }

  @Test
  void bash_takes_the_completion_script() throws IOException {
    var shell = new Shell(temporary);
    Path script =
        Files.writeString(temporary.resolve("script"), shell.mdlibs("completion", "bash").out());
    Outcome outcome =
        shell.run("", List.of("bash", "-c", "source '" + script + "'; complete -p mdlibs"));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("_complete_mdlibs");
  }

  @Test
  void a_pipe_gets_neither_colours_nor_a_progress_bar() throws IOException {
    Outcome outcome = new Shell(temporary).mdlibs("info", "nonsense");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).startsWith("error: ").doesNotContain("\u001b");
  }
}
