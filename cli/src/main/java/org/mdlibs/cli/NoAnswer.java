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
  private NoAnswer() {}

  /** Tells why no answer came. */
  static Failure failure(Registry registry, Duration timeout, IOException e) {
    String address = registry.toString();
    if (e instanceof UnknownHostException) {
      return new Failure(
          ExitCode.NETWORK,
          "The host of " + address + " is not known.",
          "Check the address (mdlibs registry list) and the network.",
          e);
    }
    if (e instanceof SSLException) {
      return new Failure(
          ExitCode.NETWORK,
          "The certificate of " + address + " is not trusted: " + e.getMessage(),
          "Have its issuer added to Java's trust store; --insecure skips the check.",
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
        "Check that it runs and the address is right: mdlibs registry list",
        e);
  }
}
