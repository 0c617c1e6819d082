package org.mdlibs.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A registry, by its address.
 *
 * @param name what the user calls it; the address when he gave it no name
 * @param url the base URL in normal form: lower-case scheme and host, no default port, no trailing
 *     slash; {@code /api/v1} follows it
 * @param source who named it
 */
record Registry(String name, URI url, Source source) {
  /** Where a setting comes from, the strongest first. */
  enum Source {
    FLAG,
    ENVIRONMENT,
    PROJECT,
    USER,
    BUILT_IN
  }

  static final String BUILT_IN_URL = "http://localhost:8080";

  /**
   * Reads a registry's address as a person writes it.
   *
   * @throws Failure with exit code 2 when it is no http or https URL, or carries a password, a
   *     query or a fragment
   */
  static Registry of(String name, String url, Source source) {
    try {
      var uri = new URI(url.strip());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if ((!scheme.equals("http") && !scheme.equals("https"))
          || uri.getHost() == null
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw invalid(url, null);
      }
      int standard = scheme.equals("http") ? 80 : 443;
      int port = uri.getPort() == standard ? -1 : uri.getPort();
      String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      return new Registry(name, new URI(scheme, null, host, port, path, null, null), source);
    } catch (URISyntaxException e) {
      throw invalid(url, e);
    }
  }

  private static Failure invalid(String url, Exception cause) {
    return new Failure(
        ExitCode.USAGE,
        "'" + url + "' is no address of a registry.",
        "Give it as https://registry.example.com",
        cause);
  }

  /** Whether what is sent can be read on the way: plain HTTP to another machine. */
  boolean isEavesdroppable() {
    return url.getScheme().equals("http") && !isLoopback(url.getHost());
  }

  /** Whether a host is this machine, by its name alone. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+")
        || host.equals("[::1]");
  }

  /** Whether an address has the registry's own origin: scheme, host and port. */
  boolean isHomeOf(URI uri) {
    return url.getScheme().equalsIgnoreCase(uri.getScheme())
        && url.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
        && uri.getRawUserInfo() == null
        && port(url) == port(uri);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
