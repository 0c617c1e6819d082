package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Where the server of this host answers.
 *
 * @param port TCP
 * @param tls whether it speaks TLS there; HTTP in clear text otherwise
 */
record Address(int port, boolean tls) {
  /** That of the settings. */
  static Address of(int port, EarlySettings settings) {
    return new Address(port, settings.find(Tls.STORE).isPresent());
  }

  /** The base URL, for this host alone. */
  String url() {
    return (tls ? "https" : "http") + "://localhost:" + port + "/";
  }

  /**
   * Makes a request; it is sent when the answer is asked for.
   *
   * @param path below the base URL
   * @param timeoutMs for the connection, and for each wait for bytes
   */
  HttpURLConnection open(String path, int timeoutMs) throws IOException {
    return open(URI.create(url() + path), timeoutMs);
  }

  /**
   * Makes a request to any server, whose redirects are not followed. One of this host is asked
   * without a look at its certificate: that was given to another name than {@code localhost}, and
   * the file that it came from may have a newer one already. Nothing secret is sent.
   */
  static HttpURLConnection open(URI url, int timeoutMs) throws IOException {
    var request = (HttpURLConnection) url.toURL().openConnection();
    request.setConnectTimeout(timeoutMs);
    request.setReadTimeout(timeoutMs);
    request.setInstanceFollowRedirects(false);
    if (request instanceof HttpsURLConnection https
        && InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        https.setSSLSocketFactory(context.getSocketFactory());
        https.setHostnameVerifier((host, session) -> true);
      } catch (GeneralSecurityException e) {
        throw new IOException("this JDK has no TLS", e);
      }
    }
    return request;
  }

  /** Trusts what it is shown. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
