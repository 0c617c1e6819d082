package org.mdlibs.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** A command that talks to a registry. */
abstract class OnlineCommand extends Command {
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

  OnlineCommand(Session session) {
    super(session);
  }

  Settings settings() {
    return new Settings(session, new Settings.Flags(registryOption, timeoutOption, insecureOption));
  }

  /** The registry's API with the token that belongs to it, if there is one. */
  RegistryApi api(Settings settings, Registry registry) {
    return api(settings, registry, settings.token(registry).orElse(null));
  }

  /** The registry's API with a token, or anonymous when that is null. */
  RegistryApi api(Settings settings, Registry registry, String token) {
    if (settings.insecure()) {
      terminal.warn("the certificate of " + registry + " is not checked");
    }
    return new RegistryApi(
        registry,
        new Http(
            registry,
            token,
            settings.timeout(),
            settings.insecure(),
            OnlineCommand::await,
            debug ? terminal : null));
  }

  /**
   * The registry's API with a token.
   *
   * @throws Failure with exit code 3 when there is none
   */
  RegistryApi loggedIn(Settings settings, Registry registry) {
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
    return api(settings, registry, token);
  }

  private static void await(Duration duration) {
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
