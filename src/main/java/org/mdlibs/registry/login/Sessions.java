package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mdlibs.registry.config.Sha256;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.LoginTokens;

/**
 * A browser's session: a cookie that carries a login token, out of reach of scripts, and one that
 * scripts read to prove that they run on a page of this registry. Nothing of it is kept here.
 */
@ApplicationScoped
public class Sessions {
  /** The header in which a script sends back what it read. */
  public static final String CSRF_HEADER = "X-CSRF-Token";

  private static final String SESSION = "mdlibs_session";
  private static final String CSRF = "mdlibs_csrf";
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Inject private Cookies cookies;
  @Inject private Clock clock;
  @Inject private SameOrigin sameOrigin;

  /** The {@code Set-Cookie} headers that begin a session. */
  public List<String> begin(LoginTokens.Issued token) {
    Duration life = Duration.between(clock.instant(), token.expiresAt());
    return List.of(
        cookies.set(SESSION, token.jwt(), life, false),
        cookies.set(CSRF, csrfToken(token.jwt()), life, true));
  }

  /** The {@code Set-Cookie} headers that end a session. */
  public List<String> end() {
    return List.of(cookies.clear(SESSION), cookies.clear(CSRF));
  }

  /** The login token of the session that a request belongs to. */
  Optional<String> find(HttpServletRequest request) {
    return cookies.find(request, SESSION);
  }

  /**
   * Refuses a write that another site's page may have caused: a browser sends the cookie along
   * whoever made the request.
   *
   * @throws ProblemException {@link ProblemType#CSRF}
   */
  void checkWrite(HttpServletRequest request, String jwt) {
    if (SAFE_METHODS.contains(request.getMethod())) {
      return;
    }
    sameOrigin.check(request);
    String sent = request.getHeader(CSRF_HEADER);
    if (sent == null || !MessageDigest.isEqual(bytes(sent), bytes(csrfToken(jwt)))) {
      throw new ProblemException(
          ProblemType.CSRF,
          "Send the value of the cookie '" + CSRF + "' as the header " + CSRF_HEADER + ".");
    }
  }

  /** Known to whoever knows the login token, which is secret, and to nobody else. */
  private static String csrfToken(String jwt) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of("csrf " + jwt));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
