package org.mdlibs.registry.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import okhttp3.Headers;

/** An OpenID provider of the tests' own, that knows whomever a test tells it next. */
public final class OpenIdProvider implements AutoCloseable {
  /** The registry's name at the provider. */
  public static final String CLIENT = "the-registry";

  private static final String ISSUER = "corp";
  private static final long SECONDS = 300;

  private final MockOAuth2Server server;
  private final NextAnswers answers;

  /** What a test wants the token endpoint to answer, instead of what it would. */
  private static final class NextAnswers implements Route {
    private final Queue<OAuth2HttpResponse> queue = new ConcurrentLinkedQueue<>();

    @Override
    public boolean match(OAuth2HttpRequest request) {
      return request.getUrl().encodedPath().endsWith("/token") && !queue.isEmpty();
    }

    @Override
    public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
      return queue.remove();
    }
  }

  private OpenIdProvider(MockOAuth2Server server, NextAnswers answers) {
    this.server = server;
    this.answers = answers;
  }

  static OpenIdProvider start() throws IOException {
    var answers = new NextAnswers();
    var server = new MockOAuth2Server(new OAuth2Config(), answers);
    server.start();
    // Its first answers take seconds, more than the registry waits for them on a busy machine.
    for (var url : List.of(server.wellKnownUrl(ISSUER), server.jwksUrl(ISSUER))) {
      url.url().openStream().close();
    }
    server.issueToken(ISSUER, "nobody", CLIENT);
    return new OpenIdProvider(server, answers);
  }

  /** How it calls itself. */
  public String issuer() {
    return server.issuerUrl(ISSUER).toString();
  }

  /** Whom the next sign-on is of. */
  public void expect(String subject, Map<String, Object> claims) {
    server.enqueueCallback(callback(subject, claims, CLIENT, SECONDS));
  }

  /** An ID token that it signs, with an audience and a life in seconds. */
  public String sign(String subject, Map<String, Object> claims, String audience, long seconds) {
    return server
        .issueToken(ISSUER, CLIENT, callback(subject, claims, audience, seconds))
        .serialize();
  }

  private static DefaultOAuth2TokenCallback callback(
      String subject, Map<String, Object> claims, String audience, long seconds) {
    return new DefaultOAuth2TokenCallback(
        ISSUER, subject, "JWT", List.of(audience), claims, seconds);
  }

  /** What it answers the next time that it is asked for tokens. */
  public void answerNext(int status, String json) {
    answers.queue.add(
        new OAuth2HttpResponse(
            Headers.of("Content-Type", "application/json"),
            status,
            json,
            json.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
