package org.mdlibs.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs command lines within this JVM, in folders and an environment of the test's own. */
final class Run {
  final Path home;
  final Path project;
  private final Map<String, String> environment = new HashMap<>();
  private String input = "";
  private boolean terminal;

  /** What a run ended with. */
  record Outcome(int exitCode, String out, String err) {}

  /** Makes the folders of a user and his project below a temporary one. */
  Run(Path temporary) throws IOException {
    this.home = Files.createDirectories(temporary.resolve("home"));
    this.project = Files.createDirectories(temporary.resolve("project"));
  }

  Run with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Run input(String text) {
    this.input = text;
    return this;
  }

  Run onTerminal() {
    this.terminal = true;
    return this;
  }

  Session session() {
    return session(new ByteArrayOutputStream(), new ByteArrayOutputStream());
  }

  private Session session(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Session(
        Map.copyOf(environment),
        project,
        home,
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            null,
            terminal,
            terminal,
            environment));
  }

  Outcome mdlibs(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode = Mdlibs.run(session(out, err), arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Writes a file of the project. */
  Path write(String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  String read(String path) throws IOException {
    return Files.readString(project.resolve(path));
  }
}
