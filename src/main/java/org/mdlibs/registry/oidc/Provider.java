package org.mdlibs.registry.oidc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;
import org.mdlibs.registry.config.OidcSettings;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * The OpenID provider: its metadata and keys, kept for an hour, and the exchange of a code for
 * tokens. While it is away, each request is refused at once for some seconds.
 */
@ApplicationScoped
public class Provider {
  private static final Logger LOG = Logger.getLogger(Provider.class.getName());
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration KEYS_KEPT_AT_LEAST = Duration.ofSeconds(30);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(3);

  @Inject private RegistryConfig config;
  @Inject private ProviderClient client;
  @Inject private Clock clock;
  private volatile Kept<ProviderMetadata> metadata;
  private volatile Kept<List<JsonWebKey>> keys;
  private volatile Instant pausedUntil = Instant.MIN;

  private record Kept<T>(T value, Instant readAt) {}

  /**
   * What the provider gives for a code.
   *
   * @param accessToken for the userinfo endpoint; may be empty
   */
  record Tokens(String idToken, String accessToken) {
    /** Never the tokens. */
    @Override
    public String toString() {
      return "Tokens";
    }
  }

  /**
   * The settings.
   *
   * @throws ProblemException {@link ProblemType#NOT_FOUND} where no provider is configured
   */
  OidcSettings settings() {
    return config
        .oidc()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND, "Single sign-on is not configured: log in otherwise."));
  }

  /**
   * What the provider says of itself.
   *
   * @throws ProblemException {@link ProblemType#PROVIDER_UNAVAILABLE}
   */
  ProviderMetadata metadata() {
    Kept<ProviderMetadata> known = metadata;
    if (known == null || isOlder(known, KEPT)) {
      try {
        known = new Kept<>(readMetadata(), clock.instant());
        metadata = known;
      } catch (ProblemException e) {
        if (known == null) {
          throw e;
        }
      }
    }
    return known.value();
  }

  private ProviderMetadata readMetadata() {
    String issuer = settings().issuer();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    JsonObject json = read(URI.create(base + "/.well-known/openid-configuration"));
    try {
      ProviderMetadata read = ProviderMetadata.of(json);
      if (!read.issuer().equals(issuer)) {
        throw new IllegalArgumentException("the provider calls itself '" + read.issuer() + "'");
      }
      return read;
    } catch (IllegalArgumentException | ClassCastException e) {
      throw unavailable(e);
    }
  }

  /**
   * The keys that sign its tokens.
   *
   * @param fresh whether the known ones do not suffice; they are read anew twice a minute at most
   * @throws ProblemException {@link ProblemType#PROVIDER_UNAVAILABLE}
   */
  List<JsonWebKey> keys(boolean fresh) {
    Kept<List<JsonWebKey>> known = keys;
    if (known == null || isOlder(known, fresh ? KEYS_KEPT_AT_LEAST : KEPT)) {
      try {
        String jwks = read(metadata().jwksUri()).toString();
        known = new Kept<>(new JsonWebKeySet(jwks).getJsonWebKeys(), clock.instant());
        keys = known;
      } catch (JoseException e) {
        throw unavailable(e);
      }
    }
    return known.value();
  }

  private boolean isOlder(Kept<?> kept, Duration age) {
    return kept.readAt().plus(age).isBefore(clock.instant());
  }

  /**
   * Exchanges a code for tokens.
   *
   * @throws ProblemException {@link ProblemType#SIGN_ON_INVALID} for a code that is used up or not
   *     this sign-on's; {@link ProblemType#PROVIDER_UNAVAILABLE}
   */
  Tokens exchange(String code, String verifier, String redirectUri) {
    OidcSettings settings = settings();
    ProviderMetadata provider = metadata();
    var form = new HashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", verifier);
    String[] headers = {};
    if (settings.clientSecret().isPresent() && provider.secretInHeader()) {
      String pair =
          ProviderClient.encode(settings.clientId())
              + ":"
              + ProviderClient.encode(settings.clientSecret().get());
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      headers =
          new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes)};
    } else {
      form.put("client_id", settings.clientId());
      settings.clientSecret().ifPresent(secret -> form.put("client_secret", secret));
    }
    return tokens(post(provider.tokenEndpoint(), form, headers));
  }

  private Tokens tokens(ProviderClient.Reply reply) {
    String idToken = reply.body().getString("id_token", "");
    if (reply.status() == 200 && !idToken.isEmpty()) {
      return new Tokens(idToken, reply.body().getString("access_token", ""));
    }
    String error = reply.body().getString("error", "");
    if (reply.status() == 400 && !error.equals("invalid_client")) {
      throw new ProblemException(
          ProblemType.SIGN_ON_INVALID, "Begin again: this sign-on was used already.");
    }
    throw unavailable(
        new IOException("the token endpoint answered " + reply.status() + " '" + error + "'"));
  }

  /**
   * The claims that the provider tells beside the ID token; empty where it has none.
   *
   * @throws ProblemException {@link ProblemType#PROVIDER_UNAVAILABLE}
   */
  JwtClaims userinfo(Tokens tokens) {
    if (metadata().userinfoEndpoint().isEmpty() || tokens.accessToken().isEmpty()) {
      return new JwtClaims();
    }
    String authorization = "Bearer " + tokens.accessToken();
    JsonObject json = read(metadata().userinfoEndpoint().get(), "Authorization", authorization);
    try {
      return JwtClaims.parse(json.toString());
    } catch (InvalidJwtException e) {
      throw unavailable(e);
    }
  }

  private JsonObject read(URI uri, String... headers) {
    refuseDuringPause();
    try {
      ProviderClient.Reply reply = client.get(uri, headers);
      if (reply.status() != 200) {
        throw unavailable(new IOException(uri + " answered " + reply.status()));
      }
      return reply.body();
    } catch (IOException e) {
      throw paused(e);
    }
  }

  private ProviderClient.Reply post(URI uri, Map<String, String> form, String... headers) {
    refuseDuringPause();
    try {
      return client.post(uri, form, headers);
    } catch (IOException e) {
      throw paused(e);
    }
  }

  private void refuseDuringPause() {
    if (clock.instant().isBefore(pausedUntil)) {
      throw new ProblemException(
          ProblemType.PROVIDER_UNAVAILABLE, "Try again in a moment, or log in with a password.");
    }
  }

  private ProblemException paused(IOException cause) {
    pausedUntil = clock.instant().plus(PAUSE_AFTER_FAILURE);
    return unavailable(cause);
  }

  private static ProblemException unavailable(Exception cause) {
    LOG.warning(() -> "single sign-on is not available: " + cause.getMessage());
    return new ProblemException(
        ProblemType.PROVIDER_UNAVAILABLE,
        "Try again in a moment, or log in with a password.",
        cause);
  }
}
