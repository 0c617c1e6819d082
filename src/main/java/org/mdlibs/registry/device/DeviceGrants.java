package org.mdlibs.registry.device;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.login.LoginAnswer;
import org.mdlibs.registry.login.Logins;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.LoginTokens;
import org.mdlibs.registry.token.Tokens;
import org.mdlibs.registry.user.User;
import org.mdlibs.registry.user.Users;

/** Lets confirmed devices in, and keeps a person's answer: each with its audit event. */
@Stateless
public class DeviceGrants {
  @Inject private DeviceRequests requests;
  @Inject private Users users;
  @Inject private Logins logins;
  @Inject private Tokens tokens;
  @Inject private AuditEvents audit;
  @Inject private Clock clock;

  /**
   * What becomes of a device's question. A refusal is no exception here: it must not undo what was
   * noted.
   *
   * @param answer null when it is refused
   */
  public record Verdict(LoginAnswer answer, ProblemType refusal, String detail) {
    static Verdict refused(ProblemType refusal, String detail) {
      return new Verdict(null, refusal, detail);
    }

    /** The answer, or the refusal as the exception that it becomes outside. */
    LoginAnswer orThrow() {
      if (answer == null) {
        throw new ProblemException(refusal, detail);
      }
      return answer;
    }
  }

  /** Answers a device that asks whether it may come in. */
  public Verdict ask(DeviceRequest request, Origin origin) {
    if (request.status().equals(DeviceRequest.APPROVED)) {
      // First the account, then the request: as whoever ends the account's logins.
      users.lock(requests.approver(request));
    }
    if (request.status().equals(DeviceRequest.USED)) {
      return Verdict.refused(ProblemType.INVALID_GRANT, "Begin again: this code was used.");
    }
    if (clock.instant().isAfter(request.expiresAt())) {
      return Verdict.refused(ProblemType.EXPIRED_TOKEN, "Begin again: nobody confirmed in time.");
    }
    boolean tooEarly = request.isTooEarly(clock.instant());
    requests.notePoll(request, tooEarly);
    if (tooEarly) {
      return Verdict.refused(
          ProblemType.SLOW_DOWN, "Wait five seconds longer than before between two questions.");
    }
    return switch (request.status()) {
      case DeviceRequest.PENDING ->
          Verdict.refused(
              ProblemType.AUTHORIZATION_PENDING, "Ask again when the interval is over.");
      case DeviceRequest.APPROVED -> letIn(request, origin);
      default ->
          Verdict.refused(ProblemType.ACCESS_DENIED, "A person refused to let this device in.");
    };
  }

  private Verdict letIn(DeviceRequest request, Origin origin) {
    if (!requests.use(request)) {
      return Verdict.refused(ProblemType.INVALID_GRANT, "Begin again: this code was used.");
    }
    UUID id = requests.approver(request);
    Optional<LoginTokens.Issued> issued =
        logins.letIn(id, origin, "device: " + request.clientName());
    if (issued.isEmpty()) {
      return Verdict.refused(ProblemType.ACCESS_DENIED, "The account is not open any more.");
    }
    String username = users.find(id).map(User::username).orElseThrow();
    return new Verdict(LoginAnswer.of(issued.get(), id, username), null, null);
  }

  /**
   * Keeps a person's answer.
   *
   * @param token the login that he answers with
   * @throws ProblemException {@link ProblemType#INVALID_TOKEN} when that login ended just now;
   *     {@link ProblemType#DEVICE_NOT_FOUND} when the device does not wait any more
   */
  public void decide(
      DeviceRequest request, boolean approve, Caller person, UUID token, Origin origin) {
    users.lock(person.id());
    if (!tokens.isLive(token)) {
      throw new ProblemException(ProblemType.INVALID_TOKEN, "Log in again.");
    }
    if (!requests.decide(request, approve, person.id())) {
      throw new ProblemException(
          ProblemType.DEVICE_NOT_FOUND, "Begin again on the device: it does not wait any more.");
    }
    if (!approve) {
      audit.record(
          origin,
          person,
          AuditAction.USER_LOGIN,
          Outcome.DENIED,
          "user:" + person.username(),
          "device at " + request.address() + ": " + request.clientName());
    }
  }
}
