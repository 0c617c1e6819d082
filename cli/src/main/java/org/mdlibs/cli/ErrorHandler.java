package org.mdlibs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.mdlibs.registry.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The one place where an error is told: two lines on stderr, what went wrong and what to do, and
 * the exit code. A stack trace only with {@code --debug}.
 */
final class ErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Terminal terminal;

  ErrorHandler(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
    terminal.error(firstLine(e), meant(e).orElse("See: " + command + " --help"));
    return ExitCode.USAGE;
  }

  /** What a misspelled command or option may have been, or the name of a registry. */
  private static Optional<String> meant(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return Optional.empty();
    }
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String wrong = unmatched.getUnmatched().get(0);
    boolean option = wrong.startsWith("-");
    List<String> near =
        Similar.names(
            wrong.replaceFirst("=.*", ""),
            option ? spec.optionsMap().keySet() : spec.subcommands().keySet());
    if (near.isEmpty()) {
      return Optional.empty();
    }
    String before = option ? "" : spec.qualifiedName(" ") + " ";
    return Optional.of("Did you mean " + before + String.join(" or " + before, near) + "?");
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    return tell(e, command.getCommand() instanceof Command c && c.debug);
  }

  /** Tells any failure. */
  int tell(Throwable e, boolean debug) {
    Failure failure = failure(e);
    terminal.error(failure.getMessage(), failure.hint());
    if (debug) {
      e.printStackTrace(terminal.err());
      terminal.err().flush();
    }
    return failure.exitCode();
  }

  private static Failure failure(Throwable e) {
    if (e instanceof Failure failure) {
      return failure;
    }
    if (e instanceof ProblemException problem) {
      return new Failure(
          ExitCode.FAILED,
          problem.type().title() + " (" + problem.type() + "): " + problem.getMessage(),
          "The registry would refuse this too; mend it and try again.");
    }
    if (e instanceof UncheckedIOException unchecked) {
      return failure(unchecked.getCause());
    }
    if (e instanceof AccessDeniedException denied) {
      return new Failure(
          ExitCode.FAILED,
          "No permission for " + denied.getFile(),
          "Check who owns it and its mode.");
    }
    if (e instanceof NoSuchFileException missing) {
      return new Failure(
          ExitCode.FAILED, "There is no " + missing.getFile(), "Check the path and try again.");
    }
    if (e instanceof FileSystemException disk) {
      return new Failure(ExitCode.FAILED, String.valueOf(disk.getMessage()), "Check the path.");
    }
    if (e instanceof IOException io) {
      return new Failure(
          ExitCode.FAILED,
          "Reading or writing failed: " + io.getMessage(),
          "Check the disk's free space and permissions.");
    }
    return new Failure(
        ExitCode.FAILED,
        "Unexpected: " + e,
        "This is a fault of mdlibs: run again with --debug and report what it prints.");
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("Wrong usage");
  }
}
