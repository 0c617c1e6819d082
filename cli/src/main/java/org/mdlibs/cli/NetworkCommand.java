package org.mdlibs.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** A command that uses the network. */
abstract class NetworkCommand extends Command {
  private static final Pattern LIBRARY =
      Pattern.compile("^.*?" + Api.ROOT + "/libraries/([^/]+/[^/]+)");

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for the registry (default: 30).")
  Integer timeoutOption;

  @Option(
      names = "--insecure",
      arity = "0",
      description = "Do not check the registry's TLS certificate.")
  Boolean insecureOption;

  /** What was said already; downloads run in several threads. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  NetworkCommand(Session session) {
    super(session);
  }

  /** The way to a registry with a token, or anonymous when that is null. */
  Http http(Settings settings, Registry registry, String token) {
    if (settings.insecure() && told.add("insecure " + registry)) {
      terminal.warn(
          "the certificate of "
              + registry
              + " is not checked ("
              + settings.insecureSource()
              + "): anybody on the way can read and change everything");
    }
    return new Http(
        registry,
        token,
        settings.timeout(),
        settings.connector(),
        NetworkCommand::await,
        debug ? terminal : null,
        this::tellOfMove);
  }

  /** Tells once that a library has another name now; what was asked for goes on there. */
  private void tellOfMove(URI from, URI to) {
    Matcher before = LIBRARY.matcher(from.getRawPath());
    Matcher after = LIBRARY.matcher(to.getRawPath());
    if (before.find() && after.find()) {
      String move = "@" + before.group(1) + " moved to @" + after.group(1);
      if (!before.group(1).equals(after.group(1)) && told.add(move)) {
        terminal.note(move);
      }
    }
  }

  static void await(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "Interrupted.", "Run it again.", e);
    }
  }
}
