package org.mdlibs.cli;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The command line's entry, and the command that holds all others. */
@CommandLine.Command(
    name = "mdlibs",
    description = "Keeps libraries of markdown, and publishes, finds and installs them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InitCommand.class,
      ListCommand.class,
      RegistryCommand.class,
      RegisterCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      WhoamiCommand.class,
      PublishCommand.class,
      SearchCommand.class,
      InfoCommand.class,
      InstallCommand.class,
      UninstallCommand.class,
      UpdateCommand.class,
      OutdatedCommand.class,
      VerifyCommand.class,
      YankCommand.class,
      UnyankCommand.class,
      DeleteCommand.class,
      TokenCommand.class,
      TeamCommand.class,
      CompletionCommand.class,
      SelfCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  mdlibs init my-docs && cd my-docs",
      "  mdlibs login",
      "  mdlibs publish",
      "  mdlibs install @ann/notes@^1.2",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not logged in or not allowed,",
      "4 not found, 5 integrity failure, 6 network."
    })
final class Mdlibs extends Command {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean showVersion;

  Mdlibs(Session session) {
    super(session);
  }

  /** Runs the command line of this process. */
  public static void main(String[] arguments) {
    // Answered before picocli is loaded: that alone would take longer than all the rest.
    if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
      System.out.println("mdlibs " + version());
      return;
    }
    Session session = Session.ofProcess();
    if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
      HelpText.print(session.terminal());
      return;
    }
    System.exit(run(session, arguments));
  }

  /** Runs a command line and answers its exit code. */
  static int run(Session session, String... arguments) {
    return commandLine(session).execute(arguments);
  }

  static CommandLine commandLine(Session session) {
    Terminal terminal = session.terminal();
    var handler = new ErrorHandler(terminal);
    return new CommandLine(new Mdlibs(session), factory(session))
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.hasColours() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        // A reference starts with an @, which picocli would take for a file of arguments.
        .setExpandAtFiles(false)
        .setExecutionStrategy(parsed -> execute(terminal, parsed))
        .setExecutionExceptionHandler(handler)
        .setParameterExceptionHandler(handler);
  }

  private static int execute(Terminal terminal, ParseResult parsed) {
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      if (at.commandSpec().userObject() instanceof Command command && command.quiet) {
        terminal.silence();
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** Commands are made with the session; everything else as picocli does. */
  private static IFactory factory(Session session) {
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        if (!Command.class.isAssignableFrom(type)) {
          return CommandLine.defaultFactory().create(type);
        }
        Constructor<K> constructor = type.getDeclaredConstructor(Session.class);
        return constructor.newInstance(session);
      }
    };
  }

  /** The version of this jar. */
  static String version() {
    String version = Mdlibs.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public Integer call() {
    throw new Failure(ExitCode.USAGE, "A command is missing.", "See: mdlibs --help");
  }
}
