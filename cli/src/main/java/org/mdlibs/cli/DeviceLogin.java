package org.mdlibs.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.mdlibs.cli.AccountApi.Device;
import org.mdlibs.cli.AccountApi.DeviceAnswer;
import org.mdlibs.cli.AccountApi.Login;

/**
 * Logs in by the device flow (RFC 8628): a person opens a page anywhere, logs in there by whatever
 * the registry knows, and lets in the terminal that shows the code. Nothing is opened here: the
 * terminal may be on a machine far away.
 */
final class DeviceLogin {
  static final String SLOW_DOWN = "SLOW_DOWN";
  private static final String PENDING = "AUTHORIZATION_PENDING";
  private static final String EXPIRED = "EXPIRED_TOKEN";
  private static final String DENIED = "ACCESS_DENIED";

  /** The codes of RFC 8628 §3.5: what a terminal is told that is not let in, or not yet. */
  static final Set<String> REFUSALS = Set.of(PENDING, SLOW_DOWN, EXPIRED, DENIED);

  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

  private final AccountApi api;
  private final Terminal terminal;
  private final Http.Waiter waiter;

  DeviceLogin(AccountApi api, Terminal terminal, Http.Waiter waiter) {
    this.api = api;
    this.terminal = terminal;
    this.waiter = waiter;
  }

  /**
   * Shows a code and waits until a person has confirmed it.
   *
   * @param scopes what the API token shall do that is made next; shown to the person
   * @throws Failure with exit code 3 when the person denies it or takes too long
   */
  Login login(String clientName, List<String> scopes) {
    Device device = api.startDevice(clientName, scopes);
    terminal.note("Open this page in a browser, on any machine:");
    terminal.note("  " + device.page());
    terminal.note("and enter the code");
    terminal.note("  " + device.userCode());
    if (device.completePage() != null) {
      terminal.note("or open the page with the code filled in:");
      terminal.note("  " + device.completePage());
    }
    terminal.note("Waiting for the confirmation; Ctrl-C gives up.");
    Duration interval = device.interval();
    Duration left = device.life();
    while (left.compareTo(interval) >= 0) {
      waiter.await(interval);
      left = left.minus(interval);
      DeviceAnswer answer = ask(device);
      if (answer == null || SLOW_DOWN.equals(answer.refusal())) {
        interval = shorter(interval.plus(STEP), LONGEST_INTERVAL);
      } else if (answer.login() != null) {
        return answer.login();
      } else if (DENIED.equals(answer.refusal())) {
        throw new Failure(
            ExitCode.DENIED,
            "The login was denied on the page.",
            "Begin again: mdlibs login --sso");
      } else if (EXPIRED.equals(answer.refusal())) {
        throw late();
      }
    }
    throw late();
  }

  /** One question; null when the registry could not be had, which may be otherwise next time. */
  private DeviceAnswer ask(Device device) {
    try {
      return api.askDevice(device);
    } catch (Failure e) {
      if (e.exitCode() == ExitCode.NETWORK) {
        return null;
      }
      throw e;
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Failure late() {
    return new Failure(
        ExitCode.DENIED, "Nobody confirmed the code in time.", "Begin again: mdlibs login --sso");
  }
}
