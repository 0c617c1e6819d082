package org.mdlibs.cli;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections: by which proxy, and by whose certificates. */
final class Connector {
  static {
    // The JDK sends no password to a proxy that a tunnel is to be made through, unless this is
    // empty.
    if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
      System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }
  }

  private final Proxies proxies;
  private final boolean insecure;
  private final Path authorities;
  private SSLSocketFactory sockets;

  /**
   * Makes the way out.
   *
   * @param insecure whether certificates go unchecked
   * @param authorities a file of authorities that are trusted beside Java's, or null
   */
  Connector(Proxies proxies, boolean insecure, Path authorities) {
    this.proxies = proxies;
    this.insecure = insecure;
    this.authorities = authorities;
  }

  /** Straight, and trusting those that Java trusts. */
  static Connector direct(boolean insecure) {
    return new Connector(new Proxies(Map.of()), insecure, null);
  }

  /** How a failure to reach an address names the way there; empty when it is reached straight. */
  String way(URI uri) {
    return proxies.of(uri).map(proxy -> " by the proxy " + proxy).orElse("");
  }

  HttpURLConnection open(URI uri) throws IOException {
    HttpURLConnection connection = connection(uri);
    if (connection instanceof HttpsURLConnection https) {
      if (insecure) {
        InsecureTls.accept(https);
      } else if (authorities != null) {
        https.setSSLSocketFactory(sockets());
      }
    }
    return connection;
  }

  private HttpURLConnection connection(URI uri) throws IOException {
    Optional<Proxies.Chosen> chosen = proxies.of(uri);
    if (chosen.isPresent()) {
      var connection = (HttpURLConnection) uri.toURL().openConnection(chosen.get().proxy());
      if (chosen.get().authorization() != null) {
        connection.setAuthenticator(new ProxyOnly(chosen.get().authorization()));
        if (!uri.getScheme().equals("https")) {
          // At once: a body that is streamed cannot be sent again when the proxy asks.
          connection.setRequestProperty("Proxy-Authorization", chosen.get().authorization());
        }
      }
      return connection;
    }
    return (HttpURLConnection)
        (proxies.isDirect(uri)
            ? uri.toURL().openConnection(Proxy.NO_PROXY)
            : uri.toURL().openConnection());
  }

  private synchronized SSLSocketFactory sockets() {
    if (sockets == null) {
      sockets = Authorities.with(authorities);
    }
    return sockets;
  }

  /** Gives the proxy's password to the proxy, and nothing to anybody else. */
  private static final class ProxyOnly extends Authenticator {
    private final String authorization;
    private boolean given;

    ProxyOnly(String authorization) {
      this.authorization = authorization;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      // Once: the JDK would give a proxy that refuses it the same password twenty times.
      if (given || getRequestorType() != RequestorType.PROXY) {
        return null;
      }
      given = true;
      byte[] decoded = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return new PasswordAuthentication(parts[0], (parts.length > 1 ? parts[1] : "").toCharArray());
    }
  }
}
