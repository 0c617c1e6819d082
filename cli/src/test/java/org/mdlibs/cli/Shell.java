package org.mdlibs.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.mdlibs.cli.Run.Outcome;

/** Runs the built launcher as a process, as a user of his own would. */
final class Shell {
  final Path home;
  private final Path temporary;
  private final Map<String, String> environment = new TreeMap<>();
  private Path directory;

  Shell(Path temporary) throws IOException {
    this.temporary = temporary;
    this.home = Files.createDirectories(temporary.resolve("home"));
    this.directory = temporary;
    environment.put("HOME", home.toString());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("HOSTNAME", "test");
  }

  static Path launcher() {
    return Path.of(System.getProperty("mdlibs.launcher"));
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell in(Path folder) throws IOException {
    directory = Files.createDirectories(folder);
    return this;
  }

  Outcome mdlibs(String... arguments) {
    return mdlibsWithInput("", arguments);
  }

  Outcome mdlibsWithInput(String input, String... arguments) {
    var command = new ArrayList<String>();
    command.add(launcher().toString());
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  Outcome run(String input, List<String> command) {
    try {
      Path out = Files.createTempFile(temporary, "out", null);
      Path err = Files.createTempFile(temporary, "err", null);
      Path in = Files.writeString(Files.createTempFile(temporary, "in", null), input);
      var builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.directory(directory.toFile());
      builder.redirectInput(in.toFile());
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      Process process = builder.start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " did not end.");
      }
      return new Outcome(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
