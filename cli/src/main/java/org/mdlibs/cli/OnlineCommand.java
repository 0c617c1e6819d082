package org.mdlibs.cli;

import picocli.CommandLine.Option;

/** A command that talks to a registry. */
abstract class OnlineCommand extends NetworkCommand {
  @Option(
      names = "--registry",
      paramLabel = "NAME|URL",
      description = "The registry, by its name or address.")
  String registryOption;

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

  /**
   * The way to the registry that is talked to, with a token.
   *
   * @throws Failure with exit code 3 when there is none
   */
  Http loggedIn(Settings settings) {
    return loggedIn(settings, settings.registry());
  }

  /** The way to a registry, with a token. */
  Http loggedIn(Settings settings, Registry registry) {
    String token =
        settings
            .token(registry)
            .orElseThrow(
                () ->
                    new Failure(
                        ExitCode.DENIED,
                        "You are not logged in to " + registry + ".",
                        "Log in: mdlibs login"
                            + (registry.url().equals(settings.registry().url())
                                    && registryOption == null
                                ? ""
                                : " --registry " + registry.name())));
    return http(settings, registry, token);
  }

  /** Warns before a secret goes over a connection that anybody on the way can read. */
  void warnOfPlainHttp(Registry registry) {
    if (registry.isEavesdroppable()) {
      terminal.warn(registry + " is not encrypted: your password and token can be read on the way");
    }
  }
}
