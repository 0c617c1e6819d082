package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.mdlibs.registry.config.RegistryConfig;

/**
 * Writes and finds the registry's cookies: {@code SameSite=Lax} and of the whole host; where {@code
 * MDLIBS_URL} is https also {@code Secure}, with the prefix {@code __Host-} by which a browser
 * keeps neighbouring hosts from setting them.
 */
@ApplicationScoped
public class Cookies {
  @Inject private RegistryConfig config;

  /**
   * The {@code Set-Cookie} of a cookie.
   *
   * @param value letters, digits and {@code - _ .}
   * @param scripts whether the page's scripts may read it
   */
  public String set(String name, String value, Duration life, boolean scripts) {
    return "%s=%s; Path=/; Max-Age=%d; SameSite=Lax%s%s"
        .formatted(
            fullName(name),
            value,
            life.toSeconds(),
            scripts ? "" : "; HttpOnly",
            isSecure() ? "; Secure" : "");
  }

  /** The {@code Set-Cookie} that removes a cookie. */
  public String clear(String name) {
    return set(name, "", Duration.ZERO, false);
  }

  /** The value of a cookie that a request carries. */
  public Optional<String> find(HttpServletRequest request, String name) {
    if (request.getCookies() == null) {
      return Optional.empty();
    }
    String fullName = fullName(name);
    for (Cookie cookie : request.getCookies()) {
      if (cookie.getName().equals(fullName)) {
        return Optional.of(cookie.getValue());
      }
    }
    return Optional.empty();
  }

  private String fullName(String name) {
    return isSecure() ? "__Host-" + name : name;
  }

  private boolean isSecure() {
    return config.url().filter(url -> url.startsWith("https:")).isPresent();
  }
}
