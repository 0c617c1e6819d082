package org.mdlibs.registry.login;

import jakarta.servlet.ServletRequest;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.PresentedToken;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Whether a caller logged in himself. What gives a further login token is for a person, never for a
 * token that was made for a machine: it would be a way from a narrow token to a wide one.
 */
public final class LoggedIn {
  private LoggedIn() {}

  /**
   * Refuses a caller who shows no login token of this registry.
   *
   * @param otherwise the sentence that says what to do
   * @return the token
   * @throws ProblemException {@link ProblemType#FORBIDDEN}
   */
  public static PresentedToken require(ServletRequest request, String otherwise) {
    return Callers.tokenOf(request)
        .filter(PresentedToken::isLogin)
        .orElseThrow(() -> new ProblemException(ProblemType.FORBIDDEN, otherwise));
  }
}
