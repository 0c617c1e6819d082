package org.mdlibs.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Tells why no answer came from a registry, in a person's words. */
final class NoAnswer {
  private static final String PROXY_HINT =
      "Check the proxy, or name the host in NO_PROXY if it is reached without one.";

  private NoAnswer() {}

  /**
   * Tells why no answer came.
   *
   * @param way by what proxy it was tried, or nothing
   */
  static Failure failure(Registry registry, String way, Duration timeout, IOException e) {
    String address = registry + way;
    if (e instanceof UnknownHostException) {
      return new Failure(
          ExitCode.NETWORK,
          "The host " + e.getMessage() + " of " + address + " is not known.",
          way.isEmpty() ? "Check the address (mdlibs registry list) and the network." : PROXY_HINT,
          e);
    }
    if (e instanceof SSLException) {
      return new Failure(
          ExitCode.NETWORK,
          "The certificate of " + address + " is not trusted: " + e.getMessage(),
          "Name a PEM file with its issuer in MDLIBS_CA_FILE; --insecure skips the check.",
          e);
    }
    if (e instanceof SocketTimeoutException) {
      return new Failure(
          ExitCode.NETWORK,
          "The registry " + address + " did not answer within " + timeout.toSeconds() + " s.",
          "Try again, or give it longer: --timeout SECONDS",
          e);
    }
    String reason =
        e instanceof ConnectException || e instanceof NoRouteToHostException
            ? "cannot be reached"
            : "broke the connection";
    return new Failure(
        ExitCode.NETWORK,
        "The registry " + address + " " + reason + ": " + e.getMessage(),
        way.isEmpty()
            ? "Check that it runs and the address is right: mdlibs registry list"
            : PROXY_HINT,
        e);
  }
}
