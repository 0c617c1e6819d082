package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** docs/cli-json.md tells of each command that has {@code --json}, and of no other. */
final class JsonDocumentTest {
  @TempDir private Path temporary;

  @Test
  void tells_of_every_command_that_prints_json() throws IOException {
    var commands = new ArrayList<String>();
    collect(Mdlibs.commandLine(new Run(temporary).session()), commands);
    List<String> told =
        Files.readAllLines(Path.of("..", "docs", "cli-json.md")).stream()
            .filter(line -> line.startsWith("| `mdlibs "))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertThat(told).containsExactlyInAnyOrderElementsOf(commands);
  }

  private static void collect(CommandLine command, List<String> into) {
    if (command.getCommandSpec().findOption("--json") != null) {
      into.add(command.getCommandSpec().qualifiedName(" "));
    }
    command.getSubcommands().values().forEach(sub -> collect(sub, into));
  }
}
