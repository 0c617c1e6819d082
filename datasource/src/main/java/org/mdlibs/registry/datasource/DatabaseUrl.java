package org.mdlibs.registry.datasource;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the database is, as {@code mdlibs.database.url} says it: {@code sqlite:/path/file.db},
 * {@code postgresql://user:password@host:5432/db}, or {@code jdbc:postgresql:…} with {@code
 * mdlibs.database.user} and {@code mdlibs.database.password}.
 *
 * @param kind which database
 * @param jdbcUrl the URL for the driver, without user and password
 * @param user the user, or null where the URL names none
 * @param password the password, or null
 */
public record DatabaseUrl(Kind kind, String jdbcUrl, String user, String password) {
  /** The databases that the registry runs on. */
  public enum Kind {
    SQLITE,
    POSTGRESQL
  }

  /**
   * Reads the database settings; without any it is {@code mdlibs.db} in {@code mdlibs.home}.
   *
   * @param setting gives the value of a key
   * @throws IllegalArgumentException with a sentence that names the key and the reason
   */
  public static DatabaseUrl of(Function<String, Optional<String>> setting) {
    String url = setting.apply("mdlibs.database.url").orElse("");
    String home = setting.apply("mdlibs.home").orElse("./mdlibs-data");
    DatabaseUrl database = parse(url, Path.of(home));
    Optional<String> user = setting.apply("mdlibs.database.user");
    Optional<String> password = setting.apply("mdlibs.database.password");
    return new DatabaseUrl(
        database.kind,
        database.jdbcUrl,
        user.orElse(database.user),
        password.orElse(database.password));
  }

  /**
   * Reads a URL.
   *
   * @param url the URL; blank and {@code sqlite:} are the embedded default
   * @param home the folder of the embedded default
   * @throws IllegalArgumentException with a sentence that names the key and the reason
   */
  public static DatabaseUrl parse(String url, Path home) {
    if (url.isBlank() || url.equals("sqlite:")) {
      return sqlite(home.resolve("mdlibs.db"));
    }
    if (url.startsWith("jdbc:sqlite:")) {
      return parse(url.substring("jdbc:".length()), home);
    }
    if (url.startsWith("sqlite:")) {
      return sqlite(Path.of(url.substring("sqlite:".length()).replaceFirst("^//(?=/)", "")));
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return new DatabaseUrl(Kind.POSTGRESQL, url, null, null);
    }
    if (url.startsWith("postgresql://") || url.startsWith("postgres://")) {
      return postgresql(url);
    }
    throw invalid("must start with sqlite: or postgresql://");
  }

  private static DatabaseUrl sqlite(Path file) {
    return new DatabaseUrl(
        Kind.SQLITE, "jdbc:sqlite:" + file.toAbsolutePath().normalize(), null, null);
  }

  private static DatabaseUrl postgresql(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw invalid("is no valid URL: " + e.getReason() + " (percent-encode special characters)");
    }
    if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw invalid("must name host and database, as in postgresql://user:password@host:5432/db");
    }
    String[] login =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseUrl(
        Kind.POSTGRESQL,
        "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
        login.length > 0 ? decode(login[0]) : null,
        login.length > 1 ? decode(login[1]) : null);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException invalid(String reason) {
    return new IllegalArgumentException("MDLIBS_DATABASE_URL " + reason);
  }

  /** The database for people: never with user or password. */
  @Override
  public String toString() {
    return jdbcUrl.substring("jdbc:".length()).replaceFirst("\\?.*", "");
  }
}
