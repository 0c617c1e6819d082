package org.mdlibs.registry.oidc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.login.Cookies;
import org.mdlibs.registry.problem.DatabaseFailure;

/** The sealed cookie in which a browser carries its sign-on from one request to the next. */
@ApplicationScoped
public class SignOnCookie {
  private static final String NAME = "mdlibs_oidc";

  @Inject private Cookies cookies;
  @Inject private CookieKeys keys;
  @Inject private Chance chance;
  private volatile Seal seal;

  /** The {@code Set-Cookie} of a sign-on. */
  String set(SignOn signOn) {
    return cookies.set(
        NAME, seal().close(signOn.toJson(), chance.bytes(Seal.NONCE_BYTES)), SignOn.LIFE, false);
  }

  /** The {@code Set-Cookie} that ends it. */
  String clear() {
    return cookies.clear(NAME);
  }

  /** The sign-on that a request carries, unless it is not as it was sealed. */
  Optional<SignOn> find(HttpServletRequest request) {
    return cookies
        .find(request, NAME)
        .filter(value -> !value.isEmpty())
        .flatMap(value -> seal().open(value))
        .map(SignOn::ofJson);
  }

  private Seal seal() {
    Seal known = seal;
    if (known == null) {
      known = new Seal(DatabaseFailure.retryWhenARivalWins(() -> keys.getOrMake(NAME)));
      seal = known;
    }
    return known;
  }
}
