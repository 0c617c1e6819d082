package org.mdlibs.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.cli.Registry.Source;
import org.mdlibs.registry.name.Scope;
import org.tomlj.TomlParseResult;

/**
 * What a command that talks to a registry goes by. The strongest wins: flags, environment ({@code
 * MDLIBS_REGISTRY_URL}, {@code MDLIBS_TOKEN}, {@code MDLIBS_TIMEOUT}, {@code MDLIBS_INSECURE}), the
 * project's {@code .mdlibs.toml}, the user's {@code config.toml}, what is built in. Libraries of a
 * scope may be at a registry of their own ({@code [scopes]}), which only {@code --registry}
 * overrules.
 *
 * <p>A project's file is somebody else's as soon as it was cloned. So it can choose a registry and
 * a time limit, but neither turn off the check of certificates nor draw {@code MDLIBS_TOKEN} to an
 * address of its own.
 */
final class Settings {
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_TIMEOUT_SECONDS = 3600;

  private final Session session;
  private final Flags flags;
  private final Path userFile;
  private final TomlParseResult project;
  private final TomlParseResult user;
  private final RegistryFile ofProject;
  private final RegistryFile ofUser;

  /**
   * What the command's options say.
   *
   * @param registry name or URL, or null
   * @param timeoutSeconds or null
   * @param insecure or null
   */
  record Flags(String registry, Integer timeoutSeconds, Boolean insecure) {
    static final Flags NONE = new Flags(null, null, null);
  }

  Settings(Session session, Flags flags) {
    this.session = session;
    this.flags = flags;
    Path projectFile = session.directory().resolve(Project.FILE_NAME);
    this.userFile = userFile(session);
    this.project = TomlFile.read(projectFile);
    this.user = TomlFile.read(userFile);
    this.ofProject = new RegistryFile(projectFile, project, Source.PROJECT);
    this.ofUser = new RegistryFile(userFile, user, Source.USER);
  }

  static Path userFile(Session session) {
    return session.configFolder().resolve("config.toml");
  }

  /** The registry that this run talks to. */
  Registry registry() {
    if (flags.registry() != null) {
      return named(flags.registry());
    }
    Optional<String> variable = session.variable("MDLIBS_REGISTRY_URL");
    if (variable.isPresent()) {
      return Registry.of(variable.get(), variable.get(), Source.ENVIRONMENT);
    }
    return ofProject.defaultRegistry().or(ofUser::defaultRegistry).orElseGet(Settings::builtIn);
  }

  private static Registry builtIn() {
    return Registry.of("local", Registry.BUILT_IN_URL, Source.BUILT_IN);
  }

  /** The registry that the libraries of a scope are at. */
  Registry registry(Scope scope) {
    if (flags.registry() != null) {
      return registry();
    }
    // A user's entry means his own registries: a project's file cannot put another in its place.
    return ofProject
        .registry(scope, registries())
        .or(() -> ofUser.registry(scope, ofUser.registries()))
        .orElseGet(this::registry);
  }

  /**
   * The registry that the libraries of a scope are at.
   *
   * @param scope as the user gave it, or null for none; what is no scope at all the registry tells,
   *     beside all that is wrong else
   */
  Registry registryOf(String scope) {
    try {
      return scope == null ? registry() : registry(Scope.parse(RegistryFile.folded(scope)));
    } catch (IllegalArgumentException e) {
      return registry();
    }
  }

  /** The scopes that have a registry of their own, and its name or address, of both files. */
  Map<String, String> scopes() {
    Map<String, String> all = ofProject.scopes();
    ofUser.scopes().forEach(all::putIfAbsent);
    return all;
  }

  private Registry named(String nameOrUrl) {
    if (nameOrUrl.contains("://")) {
      return Registry.of(nameOrUrl, nameOrUrl, Source.FLAG);
    }
    Registry registry = registries().get(nameOrUrl);
    if (registry == null) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no registry named '" + nameOrUrl + "'.",
          Similar.names(nameOrUrl, registries().keySet()).stream()
              .findFirst()
              .map(near -> "Did you mean " + near + "? See: mdlibs registry list")
              .orElse("See: mdlibs registry list"));
    }
    return registry;
  }

  /** Those of the user's configuration, whatever the project calls others. */
  Map<String, Registry> registriesOfUser() {
    return ofUser.registries();
  }

  /** All registries that have a name, the project's before the user's. */
  Map<String, Registry> registries() {
    Map<String, Registry> all = ofProject.registries();
    ofUser.registries().forEach(all::putIfAbsent);
    return all;
  }

  /**
   * The token for a registry: {@code MDLIBS_TOKEN} where it belongs there, else the one that {@code
   * mdlibs login} stored for that very address.
   */
  Optional<String> token(Registry registry) {
    Optional<String> variable = session.variable("MDLIBS_TOKEN");
    if (variable.isPresent() && ownsVariable(registry)) {
      return variable.map(String::strip);
    }
    if (variable.isPresent() && registry.source() == Source.PROJECT) {
      session
          .terminal()
          .warn(
              "MDLIBS_TOKEN is not sent to "
                  + registry
                  + ", which only .mdlibs.toml names; set MDLIBS_REGISTRY_URL to it if it belongs"
                  + " there");
    }
    return new Credentials(session).find(registry).map(Credentials.Credential::token);
  }

  /**
   * Whether {@code MDLIBS_TOKEN} belongs to a registry: the one of {@code MDLIBS_REGISTRY_URL} when
   * that is set; else the one that the user himself chose, by option or as his default. Of several
   * that one run talks to ({@code [scopes]}), it is sent to that one alone.
   */
  private boolean ownsVariable(Registry registry) {
    Optional<String> url = session.variable("MDLIBS_REGISTRY_URL");
    if (url.isPresent()) {
      return Registry.of("", url.get(), Source.ENVIRONMENT).url().equals(registry.url());
    }
    Registry chosen =
        flags.registry() != null
            ? named(flags.registry())
            : ofUser.defaultRegistry().orElseGet(Settings::builtIn);
    return registry.source() != Source.PROJECT && chosen.url().equals(registry.url());
  }

  /** How long to wait for a connection, and for each read. */
  Duration timeout() {
    if (flags.timeoutSeconds() != null) {
      return seconds(flags.timeoutSeconds().toString(), "--timeout");
    }
    Optional<String> variable = session.variable("MDLIBS_TIMEOUT");
    if (variable.isPresent()) {
      return seconds(variable.get().strip(), "MDLIBS_TIMEOUT");
    }
    for (TomlParseResult toml : List.of(project, user)) {
      if (toml.contains(List.of("timeout"))) {
        return seconds(String.valueOf(toml.get(List.of("timeout"))), "timeout");
      }
    }
    return DEFAULT_TIMEOUT;
  }

  private static Duration seconds(String text, String name) {
    if (text.matches("[0-9]{1,4}")) {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= MAX_TIMEOUT_SECONDS) {
        return Duration.ofSeconds(value);
      }
    }
    throw new Failure(
        ExitCode.USAGE,
        name + " is '" + text + "'.",
        "Give it whole seconds, 1 to " + MAX_TIMEOUT_SECONDS + ".");
  }

  /** Whether certificates go unchecked; never by a project's file. */
  boolean insecure() {
    if (flags.insecure() != null) {
      return flags.insecure();
    }
    Optional<String> variable = session.variable("MDLIBS_INSECURE");
    if (variable.isPresent()) {
      return switch (variable.get().strip()) {
        case "true", "1", "yes" -> true;
        case "false", "0", "no" -> false;
        default ->
            throw new Failure(
                ExitCode.USAGE,
                "MDLIBS_INSECURE is '" + variable.get() + "'.",
                "Set it to true or false.");
      };
    }
    return Boolean.TRUE.equals(user.get(List.of("insecure")));
  }

  /** What turned the check of certificates off, as the user knows it. */
  String insecureSource() {
    return flags.insecure() != null
        ? "--insecure"
        : session.variable("MDLIBS_INSECURE").isPresent() ? "MDLIBS_INSECURE" : userFile.toString();
  }

  /**
   * The way out: proxies, and the authorities that are trusted beside Java's. Those are the file of
   * {@code MDLIBS_CA_FILE}, else of {@code ca_file} in the user's {@code config.toml}, else of
   * {@code SSL_CERT_FILE}, which OpenSSL and what follows it read; never one that a project names.
   */
  Connector connector() {
    Path authorities =
        session
            .variable("MDLIBS_CA_FILE")
            .or(() -> Optional.ofNullable(TomlFile.text(user, "ca_file", userFile)))
            .or(() -> session.variable("SSL_CERT_FILE"))
            .map(session.directory()::resolve)
            .orElse(null);
    return new Connector(new Proxies(session.environment()), insecure(), authorities);
  }
}
