package org.mdlibs.cli;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which proxy a request goes by, as the environment says: {@code HTTPS_PROXY} or {@code HTTP_PROXY}
 * by the address's scheme, else {@code ALL_PROXY}, and {@code NO_PROXY} for what is reached
 * without; each in lower case too, which goes first. No standard has them; this is what curl and Go
 * agree on: {@code NO_PROXY} lists hosts, with all below them, addresses and their ranges (CIDR),
 * each with or without a port, or {@code *}; this machine itself is always reached without a proxy.
 */
final class Proxies {
  private static final int DEFAULT_PORT = 80;
  private static final int DEFAULT_SOCKS_PORT = 1080;

  private final Map<String, String> environment;

  Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * A proxy.
   *
   * @param variable where it was named
   * @param authorization the value of {@code Proxy-Authorization}, or null
   */
  record Chosen(Proxy proxy, String variable, String authorization) {
    /** Without the secret. */
    @Override
    public String toString() {
      var address = (InetSocketAddress) proxy.address();
      return address.getHostString() + ":" + address.getPort() + " (" + variable + ")";
    }
  }

  /**
   * The proxy for an address.
   *
   * @return empty when the environment names none: Java's own settings count then
   * @throws Failure with exit code 2 when the variable holds no proxy's address
   */
  Optional<Chosen> of(URI uri) {
    String scheme = uri.getScheme().toUpperCase(Locale.ROOT);
    return variable(scheme + "_PROXY")
        .or(() -> variable("ALL_PROXY"))
        .filter(name -> !isDirect(uri))
        .map(this::read);
  }

  /** The name under which a variable is set. */
  private Optional<String> variable(String upper) {
    for (String name : new String[] {upper.toLowerCase(Locale.ROOT), upper}) {
      if (!environment.getOrDefault(name, "").isBlank()) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private Chosen read(String variable) {
    String text = environment.get(variable).strip();
    try {
      var uri = new URI(text.contains("://") ? text : "http://" + text);
      Proxy.Type type =
          switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "http" -> Proxy.Type.HTTP;
            case "socks", "socks5", "socks5h" -> Proxy.Type.SOCKS;
            default -> throw invalid(variable);
          };
      if (uri.getHost() == null) {
        throw invalid(variable);
      }
      int ordinary = type == Proxy.Type.SOCKS ? DEFAULT_SOCKS_PORT : DEFAULT_PORT;
      int port = uri.getPort() > 0 ? uri.getPort() : ordinary;
      String user = uri.getUserInfo();
      if (user != null && type == Proxy.Type.SOCKS) {
        throw new Failure(
            ExitCode.USAGE,
            variable + " names a SOCKS proxy with a password, which mdlibs cannot log in to.",
            "Set it to one without, or to an HTTP proxy.");
      }
      String authorization =
          user == null
              ? null
              : "Basic "
                  + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
      var address = new InetSocketAddress(uri.getHost(), port);
      return new Chosen(new Proxy(type, address), variable, authorization);
    } catch (URISyntaxException e) {
      throw invalid(variable);
    }
  }

  /** Told without the value, which may hold a password. */
  private static Failure invalid(String variable) {
    return new Failure(
        ExitCode.USAGE,
        variable + " holds no address of a proxy.",
        "Set it to http://host:port (or socks5://host:port), or unset it.");
  }

  /** Whether an address is reached without a proxy. */
  boolean isDirect(URI uri) {
    String host = bare(String.valueOf(uri.getHost()));
    if (Registry.isLoopback(uri.getHost())) {
      return true;
    }
    String list = variable("NO_PROXY").map(environment::get).orElse("");
    int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    for (String entry : list.strip().split("[,\\s]+", -1)) {
      if (entry.equals("*") || (!entry.isEmpty() && matches(entry, host, port))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String entry, String host, int port) {
    int slash = entry.indexOf('/');
    if (slash > 0) {
      return isIn(host, bare(entry.substring(0, slash)), entry.substring(slash + 1));
    }
    String wanted = entry;
    // Two colons or more are of an IPv6 address; with a port that stands in brackets.
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
      if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      wanted = entry.substring(0, colon);
    }
    String name = bare(wanted).replaceFirst("^\\*?\\.", "");
    return host.equals(name) || host.endsWith("." + name);
  }

  private static boolean isIn(String host, String network, String length) {
    if (!isLiteral(host) || !isLiteral(network) || !length.matches("[0-9]{1,3}")) {
      return false;
    }
    try {
      byte[] one = InetAddress.getByName(host).getAddress();
      byte[] other = InetAddress.getByName(network).getAddress();
      int rest = one.length * 8 - Integer.parseInt(length);
      return one.length == other.length
          && rest >= 0
          && new BigInteger(1, one)
              .shiftRight(rest)
              .equals(new BigInteger(1, other).shiftRight(rest));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** An IP address, which no name server is asked for. */
  private static boolean isLiteral(String host) {
    return host.matches("[0-9.]+") || host.contains(":");
  }

  private static String bare(String host) {
    return host.replaceAll("[\\[\\]]", "").replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
  }
}
