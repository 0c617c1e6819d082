package org.mdlibs.cli;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdlibs.cli.Run.Outcome;

/** Runs a command on a pseudo-terminal, as a person at it would. Needs python3. */
final class Pty {
  private final Shell shell;
  private final Path program;
  private int columns = 80;

  Pty(Shell shell, Path temporary) throws IOException {
    this.shell = shell;
    this.program = temporary.resolve("on_terminal.py");
    try (InputStream in = Pty.class.getResourceAsStream("on_terminal.py")) {
      Files.write(program, in.readAllBytes());
    }
  }

  Pty columns(int columns) {
    this.columns = columns;
    return this;
  }

  /**
   * Runs it.
   *
   * @param dialogue what to wait for and what to type then, in turn
   * @return all that came, both streams as the terminal mixes them; exit code 99 when something
   *     that was waited for did not come
   */
  Outcome run(List<String> command, String... dialogue) {
    var pairs = new ArrayList<List<String>>();
    for (int i = 0; i < dialogue.length; i += 2) {
      pairs.add(List.of(dialogue[i], dialogue[i + 1]));
    }
    var line = new ArrayList<String>();
    line.addAll(List.of("python3", program.toString(), String.valueOf(columns)));
    line.add(new Gson().toJson(pairs));
    line.addAll(command);
    return shell.run("", line);
  }

  /** Runs the launcher. */
  Outcome mdlibs(List<String> arguments, String... dialogue) {
    var command = new ArrayList<String>();
    command.add(Shell.launcher().toString());
    command.addAll(arguments);
    return run(command, dialogue);
  }
}
