package org.mdlibs.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdlibs.cli.Registry.Source;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What a command that talks to a registry goes by. The strongest wins: flags, environment ({@code
 * MDLIBS_REGISTRY_URL}, {@code MDLIBS_TOKEN}, {@code MDLIBS_TIMEOUT}, {@code MDLIBS_INSECURE}), the
 * project's {@code .mdlibs.toml}, the user's {@code config.toml}, what is built in.
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
  private final Path projectFile;
  private final Path userFile;
  private final TomlParseResult project;
  private final TomlParseResult user;

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
    this.projectFile = session.directory().resolve(".mdlibs.toml");
    this.userFile = userFile(session);
    this.project = TomlFile.read(projectFile);
    this.user = TomlFile.read(userFile);
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
    return defaultOf(project, projectFile, Source.PROJECT)
        .or(() -> defaultOf(user, userFile, Source.USER))
        .orElseGet(() -> Registry.of("local", Registry.BUILT_IN_URL, Source.BUILT_IN));
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
          "See: mdlibs registry list");
    }
    return registry;
  }

  /** All registries that have a name, the project's before the user's. */
  Map<String, Registry> registries() {
    Map<String, Registry> all = read(project, projectFile, Source.PROJECT);
    read(user, userFile, Source.USER).forEach(all::putIfAbsent);
    return all;
  }

  private static Optional<Registry> defaultOf(TomlParseResult toml, Path file, Source source) {
    Map<String, Registry> all = read(toml, file, source);
    String name = TomlFile.text(toml, "default_registry", file);
    if (name != null && !all.containsKey(name)) {
      throw new Failure(
          ExitCode.USAGE,
          file + ": default_registry is '" + name + "', which is not in the file.",
          "Name one of its [[registry]] tables.");
    }
    return name == null ? all.values().stream().findFirst() : Optional.of(all.get(name));
  }

  private static Map<String, Registry> read(TomlParseResult toml, Path file, Source source) {
    var registries = new LinkedHashMap<String, Registry>();
    if (!toml.contains(List.of("registry"))) {
      return registries;
    }
    if (!toml.isArray("registry")) {
      throw new Failure(
          ExitCode.USAGE, file + ": 'registry' must be [[registry]].", "Write it with two [[.");
    }
    TomlArray array = toml.getArray("registry");
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof TomlTable table)
          || TomlFile.text(table, "name", file) == null
          || TomlFile.text(table, "url", file) == null) {
        throw new Failure(
            ExitCode.USAGE,
            file + ": a [[registry]] lacks its name or url.",
            "Give it both, or remove it.");
      }
      String name = table.getString("name");
      registries.putIfAbsent(name, Registry.of(name, table.getString("url"), source));
    }
    return registries;
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
   * that is set; else one that the user himself named.
   */
  private boolean ownsVariable(Registry registry) {
    Optional<String> url = session.variable("MDLIBS_REGISTRY_URL");
    if (url.isPresent()) {
      return Registry.of("", url.get(), Source.ENVIRONMENT).url().equals(registry.url());
    }
    return registry.source() != Source.PROJECT;
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
}
