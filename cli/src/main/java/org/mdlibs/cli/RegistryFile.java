package org.mdlibs.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mdlibs.cli.Registry.Source;
import org.mdlibs.registry.name.Scope;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * What a file says of registries: {@code [[registry]]}, {@code default_registry}, {@code [scopes]}.
 *
 * @param source whose file it is
 */
record RegistryFile(Path file, TomlParseResult toml, Source source) {
  /** Those that the file names, the first one first. */
  Map<String, Registry> registries() {
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

  /** The one that {@code default_registry} names, else the first. */
  Optional<Registry> defaultRegistry() {
    Map<String, Registry> all = registries();
    String name = TomlFile.text(toml, "default_registry", file);
    if (name != null && !all.containsKey(name)) {
      throw new Failure(
          ExitCode.USAGE,
          file + ": default_registry is '" + name + "', which is not in the file.",
          "Name one of its [[registry]] tables.");
    }
    return name == null ? all.values().stream().findFirst() : Optional.of(all.get(name));
  }

  /** The scopes that have a registry of their own, in lower case, and its name or address. */
  Map<String, String> scopes() {
    var scopes = new TreeMap<String, String>();
    Object table = toml.get(List.of("scopes"));
    if (table == null) {
      return scopes;
    }
    if (!(table instanceof TomlTable entries)) {
      throw new Failure(
          ExitCode.USAGE,
          file + ": 'scopes' must be a table.",
          "Write [scopes] and under it acme = \"work\".");
    }
    for (String key : entries.keySet()) {
      scopes.put(scope(key), TomlFile.text(entries, key, file));
    }
    return scopes;
  }

  private String scope(String key) {
    try {
      return Scope.parse(folded(key)).toString();
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.USAGE,
          file + ": [scopes] has '" + key + "', which is no scope: it " + e.getMessage(),
          "Name a user or a team, as in @scope/name.",
          e);
    }
  }

  /** A scope as references have it; it may be written with an at sign. */
  static String folded(String scope) {
    return (scope.startsWith("@") ? scope.substring(1) : scope).toLowerCase(Locale.ROOT);
  }

  /**
   * The registry that the file leads a scope to.
   *
   * @param known the registries that its entry may mean
   */
  Optional<Registry> registry(Scope scope, Map<String, Registry> known) {
    String wanted = scopes().get(scope.toString());
    if (wanted == null) {
      return Optional.empty();
    }
    if (wanted.contains("://")) {
      return Optional.of(Registry.of(wanted, wanted, source));
    }
    if (!known.containsKey(wanted)) {
      throw new Failure(
          ExitCode.USAGE,
          file + ": [scopes] leads '" + scope + "' to '" + wanted + "', which is no registry.",
          "Name one of its [[registry]] tables, or give an address.");
    }
    return Optional.of(known.get(wanted));
  }
}
