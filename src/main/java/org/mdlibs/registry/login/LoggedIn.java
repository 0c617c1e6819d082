package org.mdlibs.registry.login;

import jakarta.servlet.ServletRequest;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Whether a caller logged in himself. What gives a further login token is for a person, never for a
 * token that was made for a machine: it would be a way from a narrow token to a wide one.
 */
public final class LoggedIn {
  private static final String ATTRIBUTE = LoggedIn.class.getName();

  private LoggedIn() {}

  /** Notes which kind of credential the authentication found. */
  static void note(ServletRequest request, RegistryPrincipal principal) {
    request.setAttribute(ATTRIBUTE, principal.getTokenID() != null);
  }

  /**
   * Refuses a caller who shows no login token.
   *
   * @throws ProblemException {@link ProblemType#FORBIDDEN}
   */
  public static void require(ServletRequest request) {
    if (!Boolean.TRUE.equals(request.getAttribute(ATTRIBUTE))) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Log in for this: an API token cannot do it.");
    }
  }
}
