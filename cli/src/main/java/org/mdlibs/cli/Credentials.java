package org.mdlibs.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tomlj.MutableTomlTable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The tokens that {@code mdlibs login} stored: {@code credentials.toml}, mode 0600, one table per
 * registry, keyed by its address, so that no name can lead a token to another machine.
 */
final class Credentials {
  private final Path file;

  /** What kind of token it is: how it is revoked depends on it. */
  enum Kind {
    /** Made by {@code POST /auth/tokens}; lives for days and has scopes. */
    API,
    /** Of {@code POST /auth/login}; lives for hours. */
    LOGIN
  }

  /**
   * One stored token.
   *
   * @param token the secret
   * @param id of an API token, or null
   * @param scopes of an API token, empty when they are not known
   * @param expiresAt RFC 3339, or null when it is not known
   */
  record Credential(
      String username, String token, Kind kind, String id, List<String> scopes, String expiresAt) {

    /** Without the secret, which must not reach a log by chance. */
    @Override
    public String toString() {
      return kind + " token of " + username;
    }
  }

  Credentials(Session session) {
    this.file = session.configFolder().resolve("credentials.toml");
  }

  Path file() {
    return file;
  }

  Optional<Credential> find(Registry registry) {
    Object entry = TomlFile.read(file).get(List.of(registry.toString()));
    if (!(entry instanceof TomlTable table) || TomlFile.text(table, "token", file) == null) {
      return Optional.empty();
    }
    var scopes = new ArrayList<String>();
    if (table.get(List.of("scopes")) instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        scopes.add(String.valueOf(array.get(i)));
      }
    }
    return Optional.of(
        new Credential(
            TomlFile.text(table, "username", file),
            table.getString("token"),
            "api".equals(TomlFile.text(table, "kind", file)) ? Kind.API : Kind.LOGIN,
            TomlFile.text(table, "id", file),
            List.copyOf(scopes),
            TomlFile.text(table, "expires_at", file)));
  }

  void store(Registry registry, Credential credential) throws IOException {
    TomlParseResult toml = TomlFile.read(file);
    var table = MutableTomlTable.create();
    table.set("username", credential.username());
    table.set("token", credential.token());
    table.set("kind", credential.kind() == Kind.API ? "api" : "login");
    if (credential.id() != null) {
      table.set("id", credential.id());
    }
    if (!credential.scopes().isEmpty()) {
      table.set("scopes", credential.scopes());
    }
    if (credential.expiresAt() != null) {
      table.set("expires_at", credential.expiresAt());
    }
    toml.remove(List.of(registry.toString()));
    toml.set(List.of(registry.toString()), table);
    AtomicFile.writeSecret(file, toml.toToml());
  }

  void forget(Registry registry) throws IOException {
    TomlParseResult toml = TomlFile.read(file);
    if (toml.remove(List.of(registry.toString())) != null) {
      AtomicFile.writeSecret(file, toml.toToml());
    }
  }
}
