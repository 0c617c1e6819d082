package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks a registry that runs whether it is well: what a container's health check calls, since an
 * image need not have another program that speaks HTTP.
 */
final class HealthCall {
  /** More than the 3 seconds after which the registry itself calls a dependency down. */
  private static final int TIMEOUT_MS = 8_000;

  private static final int LONGEST_ANSWER = 2_000;

  private HealthCall() {}

  /**
   * Returns when it is well.
   *
   * @throws Refusal when it is not, or does not answer, with what it answered
   */
  static void run(Arguments arguments, EarlySettings settings) throws Refusal {
    URI url =
        arguments.health() != null
            ? arguments.health()
            : URI.create(Address.of(arguments.port(), settings).url() + "health/ready");
    int status;
    String answer;
    try {
      HttpURLConnection request = Address.open(url, TIMEOUT_MS);
      status = request.getResponseCode();
      answer = status == HttpURLConnection.HTTP_OK ? "" : text(request.getErrorStream());
    } catch (IOException e) {
      throw new Refusal("not well: " + url + " does not answer: " + e.getMessage(), e);
    }
    if (status != HttpURLConnection.HTTP_OK) {
      throw new Refusal(("not well: " + url + " answered " + status + " " + answer).strip());
    }
  }

  /** The beginning of an answer as one line of printable ASCII, as it goes to a terminal. */
  private static String text(InputStream body) throws IOException {
    if (body == null) {
      return "";
    }
    String text = new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    return text.replaceAll("[^ -~]+", " ").strip();
  }
}
