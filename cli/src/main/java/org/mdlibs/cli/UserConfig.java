package org.mdlibs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tomlj.MutableTomlTable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Changes the user's {@code config.toml}; what it does not change keeps its text. */
final class UserConfig {
  private static final String SCOPES = "scopes";

  private final Path file;
  private final TomlParseResult toml;

  UserConfig(Session session) {
    this.file = Settings.userFile(session);
    this.toml = TomlFile.read(file);
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    if (toml.get(List.of("registry")) instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        Object entry = array.get(i);
        names.add(entry instanceof TomlTable table ? TomlFile.text(table, "name", file) : null);
      }
    }
    return names;
  }

  /**
   * Adds a registry.
   *
   * @param scopes whose libraries are there
   */
  void add(String name, Registry registry, List<String> scopes) throws IOException {
    if (names().contains(name)) {
      throw new Failure(
          ExitCode.FAILED,
          "There is a registry named '" + name + "' already.",
          "Remove it first: mdlibs registry remove " + name);
    }
    var table = MutableTomlTable.create();
    table.set("name", name);
    table.set("url", registry.toString());
    toml.getOrCreateArray("registry").add(table);
    for (String scope : scopes) {
      scopesOf(null, scope).forEach(key -> toml.remove(List.of(SCOPES, key)));
      toml.set(List.of(SCOPES, RegistryFile.folded(scope)), name);
    }
    AtomicFile.write(file, toml.toToml());
  }

  /** The keys of {@code [scopes]} that lead to a registry, or that mean a scope; null for any. */
  private List<String> scopesOf(String name, String scope) {
    return toml.getTableOrEmpty(SCOPES).keySet().stream()
        .filter(key -> name == null || name.equals(toml.get(List.of(SCOPES, key))))
        .filter(key -> scope == null || RegistryFile.folded(key).equals(RegistryFile.folded(scope)))
        .toList();
  }

  /**
   * Forgets a registry, and what names it.
   *
   * @return the scopes that led to it
   */
  List<String> remove(String name) throws IOException {
    int index = index(name);
    List<String> scopes = scopesOf(name, null);
    scopes.forEach(key -> toml.remove(List.of(SCOPES, key)));
    if (!scopes.isEmpty() && toml.getTableOrEmpty(SCOPES).isEmpty()) {
      toml.remove(SCOPES);
    }
    toml.getArray("registry").remove(index);
    if (toml.getArray("registry").isEmpty()) {
      toml.remove("registry");
    }
    if (name.equals(toml.get(List.of("default_registry")))) {
      toml.remove("default_registry");
    }
    AtomicFile.write(file, toml.toToml());
    return scopes;
  }

  void setDefault(String name) throws IOException {
    index(name);
    toml.set("default_registry", name);
    AtomicFile.write(file, toml.toToml());
  }

  private int index(String name) {
    int index = names().indexOf(name);
    if (index < 0) {
      throw new Failure(
          ExitCode.NOT_FOUND,
          "There is no registry named '" + name + "' in " + file + ".",
          "See: mdlibs registry list");
    }
    return index;
  }
}
