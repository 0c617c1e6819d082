package org.mdlibs.registry.oidc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.mdlibs.registry.audit.AuditAction;
import org.mdlibs.registry.audit.AuditEvents;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.audit.Outcome;
import org.mdlibs.registry.config.Chance;
import org.mdlibs.registry.config.OidcSettings;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.login.Logins;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.token.LoginTokens;
import org.mdlibs.registry.user.ExternalAccounts;
import org.mdlibs.registry.user.ExternalIdentity;
import org.mdlibs.registry.user.GroupRules;
import org.mdlibs.registry.user.User;

/** The two halves of a single sign-on: to the provider, and back with a code. */
@ApplicationScoped
public class SigningOn {
  private static final String CALLBACK = "/api/v1/auth/oidc/callback";

  @Inject private Provider provider;
  @Inject private IdTokens idTokens;
  @Inject private ExternalAccounts accounts;
  @Inject private Logins logins;
  @Inject private AuditEvents audit;
  @Inject private RegistryConfig config;
  @Inject private Chance chance;
  @Inject private Clock clock;

  /** A sign-on and the provider's address to send the browser to. */
  record Begun(SignOn signOn, URI address) {}

  /** Begins. */
  Begun begin(String target) {
    OidcSettings settings = provider.settings();
    SignOn signOn = SignOn.begin(target, chance, clock.instant());
    var query = new LinkedHashMap<String, String>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", redirectUri());
    query.put("scope", settings.scope());
    query.put("state", signOn.state());
    query.put("nonce", signOn.nonce());
    query.put("code_challenge", signOn.challenge());
    query.put("code_challenge_method", "S256");
    String endpoint = provider.metadata().authorizationEndpoint().toString();
    return new Begun(
        signOn, URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + encoded(query)));
  }

  private static String encoded(Map<String, String> query) {
    return query.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + ProviderClient.encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private String redirectUri() {
    return config.url().orElseThrow() + CALLBACK;
  }

  /** Whether a sign-on took too long. */
  boolean isLate(SignOn signOn) {
    return signOn.isExpiredAt(clock.instant());
  }

  /**
   * Ends: the login token of the person whom the provider knows by a code.
   *
   * @throws ProblemException {@link ProblemType#SIGN_ON_INVALID}, {@link
   *     ProblemType#SIGN_ON_REFUSED}, {@link ProblemType#ACCOUNT_REFUSED}, {@link
   *     ProblemType#PROVIDER_UNAVAILABLE}
   */
  LoginTokens.Issued end(SignOn signOn, String code, Origin origin) {
    OidcSettings settings = provider.settings();
    Provider.Tokens tokens = provider.exchange(code, signOn.verifier(), redirectUri());
    JwtClaims claims = idTokens.verify(tokens.idToken(), signOn.nonce());
    ExternalIdentity identity = identity(claims, settings, tokens);
    var rules =
        new GroupRules(settings.teamPrefix().orElse(null), settings.adminGroup().orElse(null));
    User user = accounts.signIn(identity, rules, origin);
    return logins.letIn(user.id(), origin, "oidc").orElseThrow(() -> suspended(user, origin));
  }

  private ProblemException suspended(User user, Origin origin) {
    audit.record(
        origin,
        user.asCaller(),
        AuditAction.USER_LOGIN,
        Outcome.DENIED,
        "user:" + user.username(),
        "oidc: suspended");
    return new ProblemException(
        ProblemType.SIGN_ON_REFUSED, "Ask an administrator: this account is suspended.");
  }

  private ExternalIdentity identity(
      JwtClaims claims, OidcSettings settings, Provider.Tokens tokens) {
    String subject = text(claims, "sub").orElseThrow();
    JwtClaims more = claims;
    if (!claims.hasClaim("preferred_username")
        || !claims.hasClaim("email")
        || !claims.hasClaim(settings.groupsClaim())) {
      more = provider.userinfo(tokens);
      if (!text(more, "sub").equals(Optional.of(subject))) {
        // Somebody else's answer tells nothing about this person (OpenID Connect Core §5.3.2).
        more = claims;
      }
    }
    List<JwtClaims> sources = List.of(claims, more);
    String email = first(sources, "email").filter(address -> !isUnverified(sources)).orElse(null);
    String username =
        first(sources, "preferred_username")
            .or(() -> Optional.ofNullable(email))
            .map(SigningOn::username)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.SIGN_ON_REFUSED,
                        "Tell an administrator: the provider gives no username."));
    return new ExternalIdentity(
        settings.issuer(), subject, username, email, groups(sources, settings.groupsClaim()));
  }

  /** Providers that name people by their address: what stands before the @ is the name here. */
  private static String username(String name) {
    int at = name.indexOf('@');
    return (at > 0 ? name.substring(0, at) : name).toLowerCase(Locale.ROOT);
  }

  private static boolean isUnverified(List<JwtClaims> sources) {
    return sources.stream()
        .map(claims -> claims.getClaimValue("email_verified"))
        .anyMatch(value -> value != null && !String.valueOf(value).equals("true"));
  }

  private static Optional<String> first(List<JwtClaims> sources, String claim) {
    return sources.stream().flatMap(claims -> text(claims, claim).stream()).findFirst();
  }

  private static Optional<String> text(JwtClaims claims, String claim) {
    return claims.getClaimValue(claim) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  private static Set<String> groups(List<JwtClaims> sources, String claim) {
    var groups = new LinkedHashSet<String>();
    for (JwtClaims claims : sources) {
      Object value = claims.getClaimValue(claim);
      if (value instanceof String one) {
        groups.add(one);
      } else if (value instanceof List<?> many) {
        many.forEach(group -> groups.add(String.valueOf(group)));
      }
    }
    return groups;
  }
}
