package org.mdlibs.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** A command that talks to a registry. */
abstract class OnlineCommand extends Command {
  private static final Pattern LIBRARY =
      Pattern.compile("^.*?" + Api.ROOT + "/libraries/([^/]+/[^/]+)");

  @Option(
      names = "--registry",
      paramLabel = "NAME|URL",
      description = "The registry, by its name or address.")
  String registryOption;

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

  /** Downloads run in several threads. */
  private final Set<String> movesTold = ConcurrentHashMap.newKeySet();

  OnlineCommand(Session session) {
    super(session);
  }

  Settings settings() {
    return new Settings(session, new Settings.Flags(registryOption, timeoutOption, insecureOption));
  }

  /** The libraries of a registry, with the token that belongs to it, if there is one. */
  RegistryApi api(Settings settings, Registry registry) {
    return new RegistryApi(http(settings, registry, settings.token(registry).orElse(null)));
  }

  /** The way to a registry with a token, or anonymous when that is null. */
  Http http(Settings settings, Registry registry, String token) {
    if (settings.insecure()) {
      terminal.warn("the certificate of " + registry + " is not checked");
    }
    return new Http(
        registry,
        token,
        settings.timeout(),
        settings.insecure(),
        OnlineCommand::await,
        debug ? terminal : null,
        this::tellOfMove);
  }

  /** Tells once that a library has another name now; what was asked for goes on there. */
  private void tellOfMove(URI from, URI to) {
    Matcher before = LIBRARY.matcher(from.getRawPath());
    Matcher after = LIBRARY.matcher(to.getRawPath());
    if (before.find() && after.find()) {
      String move = "@" + before.group(1) + " moved to @" + after.group(1);
      if (!before.group(1).equals(after.group(1)) && movesTold.add(move)) {
        terminal.note(move);
      }
    }
  }

  /**
   * The way to the registry that is talked to, with a token.
   *
   * @throws Failure with exit code 3 when there is none
   */
  Http loggedIn(Settings settings) {
    Registry registry = settings.registry();
    String token =
        settings
            .token(registry)
            .orElseThrow(
                () ->
                    new Failure(
                        ExitCode.DENIED,
                        "You are not logged in to " + registry + ".",
                        "Log in: mdlibs login"
                            + (registryOption == null ? "" : " --registry " + registryOption)));
    return http(settings, registry, token);
  }

  static void await(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "Interrupted.", "Run it again.", e);
    }
  }

  /** Warns before a secret goes over a connection that anybody on the way can read. */
  void warnOfPlainHttp(Registry registry) {
    if (registry.isEavesdroppable()) {
      terminal.warn(registry + " is not encrypted: your password and token can be read on the way");
    }
  }
}
