package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/**
 * Where the server of this host answers.
 *
 * @param port TCP
 * @param tls what it speaks TLS with; empty for HTTP in clear text
 */
record Address(int port, Optional<Tls> tls) {
  /** The base URL, for this host alone. */
  String url() {
    return (tls.isPresent() ? "https" : "http") + "://localhost:" + port + "/";
  }

  /**
   * Makes a request; it is sent when the answer is asked for.
   *
   * @param path below the base URL
   * @param timeoutMs for the connection, and for each wait for bytes
   */
  HttpURLConnection open(String path, int timeoutMs) throws IOException {
    URI url = URI.create(url() + path);
    var request =
        tls.isPresent() ? tls.get().open(url) : (HttpURLConnection) url.toURL().openConnection();
    request.setConnectTimeout(timeoutMs);
    request.setReadTimeout(timeoutMs);
    request.setInstanceFollowRedirects(false);
    return request;
  }
}
