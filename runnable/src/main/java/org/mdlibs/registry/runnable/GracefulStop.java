package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SIGTERM and Ctrl-C do once the registry serves. First it calls itself not ready, for a
 * while, so that a balancer sends nobody more; then the WAR refuses new requests, and when the last
 * one under way is done, or the time for it over, the process ends with 0, by the hook that stops
 * the server. A second signal ends it at once.
 *
 * <p>By a handler of signals and not by a hook: while hooks run the virtual machine hears no second
 * signal, and its exit code is that of the first. Process and WAR share no class, so they speak by
 * a system property, and by what the WAR tells of itself at {@code /health/ready}.
 */
final class GracefulStop {
  /** What the WAR reads; see its Stopping. */
  private static final String STOPPING = "mdlibs.stopping";

  private static final Pattern REQUESTS = Pattern.compile("\"requests\":\"(\\d+)\"");
  private static final int POLL_MS = 100;

  /** An answer is written a moment after the WAR is done with its request. */
  private static final int LAST_BYTES_MS = 200;

  private static final int HEALTH_TIMEOUT_MS = 5_000;
  private static final int SIGNALLED = 128;

  private final Address address;
  private final Duration grace;
  private final Duration timeout;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * Makes it for a server.
   *
   * @param limits seconds of grace, and of waiting for requests, as the WAR read them
   */
  GracefulStop(Address address, String limits) {
    String[] seconds = limits.split(" ", 2);
    this.address = address;
    grace = Duration.ofSeconds(Long.parseLong(seconds[0]));
    timeout = Duration.ofSeconds(Long.parseLong(seconds[1]));
  }

  /** From here on the signals mean this. */
  void listen() {
    listen("TERM");
    listen("INT");
  }

  /**
   * By reflection: the class is in every JDK (module {@code jdk.unsupported}), and the compiler
   * warns of its use. Without it the signals do what they did: an end without grace.
   */
  private void listen(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object self =
          Proxy.newProxyInstance(
              GracefulStop.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                  return method.invoke(this, arguments);
                }
                heard((int) signal.getMethod("getNumber").invoke(arguments[0]));
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), self);
    } catch (ReflectiveOperationException e) {
      // Told above.
    }
  }

  private void heard(int signal) {
    if (begun.compareAndSet(false, true)) {
      new Thread(this::stop, "mdlibs-stop-signal").start();
    } else {
      Runtime.getRuntime().halt(SIGNALLED + signal);
    }
  }

  private void stop() {
    try {
      System.setProperty(STOPPING, "soon");
      Thread.sleep(grace.toMillis());
      System.setProperty(STOPPING, "now");
      int left = await();
      if (left > 0) {
        System.err.printf(
            "mdlibs-registry: stopped while %d requests were under way, after %d s of waiting%n",
            left, timeout.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }

  /** Waits for the requests under way; how many there still are. */
  private int await() throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      int left = underWay();
      if (left <= 0 || System.nanoTime() > end) {
        Thread.sleep(LAST_BYTES_MS);
        return left;
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** How many requests are under way; one when that cannot be told, since it is busy then. */
  private int underWay() {
    try {
      HttpURLConnection request = address.open("health/ready", HEALTH_TIMEOUT_MS);
      request.getResponseCode();
      InputStream body = request.getErrorStream();
      if (body == null) {
        return 1;
      }
      Matcher told = REQUESTS.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      return told.find() ? Integer.parseInt(told.group(1)) : 1;
    } catch (IOException e) {
      return 1;
    }
  }
}
