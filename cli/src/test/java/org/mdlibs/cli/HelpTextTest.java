package org.mdlibs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class HelpTextTest {
  private static String rendered(Ansi ansi) {
    CommandLine mdlibs =
        Mdlibs.commandLine(Session.ofProcess())
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    return mdlibs.getUsageMessage(ansi);
  }

  /** {@code -Dhelp.renew=true} writes it anew, for the commit that changes the commands. */
  @Test
  void is_what_the_commands_say_of_themselves() throws IOException {
    if (Boolean.getBoolean("help.renew")) {
      Files.writeString(
          Path.of("src/main/resources/org/mdlibs/cli", HelpText.RESOURCE),
          rendered(Ansi.ON).replace(System.lineSeparator(), "\n"));
    }
    assertThat(HelpText.of(true)).isEqualTo(rendered(Ansi.ON));
    assertThat(HelpText.of(false)).isEqualTo(rendered(Ansi.OFF));
  }
}
