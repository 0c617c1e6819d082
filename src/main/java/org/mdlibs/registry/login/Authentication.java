package org.mdlibs.registry.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.config.RegistryConfig;
import org.mdlibs.registry.config.TrustedProxies;
import org.mdlibs.registry.http.AnswerHeaders;
import org.mdlibs.registry.limit.BucketKey;
import org.mdlibs.registry.limit.RateLimits;
import org.mdlibs.registry.limit.Verdict;
import org.mdlibs.registry.log.AccessLog;
import org.mdlibs.registry.metrics.MetricsServlet;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.RequestId;
import org.mdlibs.registry.problem.UnexpectedMapper;

/**
 * Authenticates every request by its {@code Authorization} header, else by the session's cookie.
 * Without either the caller is anonymous; a bad header is 401 even where anonymous callers are let
 * in, so that nobody works on unawares with less than he thinks. A stale cookie is removed instead,
 * since a browser sends it whether its user knows of it or not.
 */
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {
  private static final Logger LOG = Logger.getLogger(Authentication.class.getName());
  private static final String BEARER = "bearer ";

  @Inject private IdentityStoreHandler stores;
  @Inject private RegistryConfig config;
  @Inject private Sessions sessions;
  @Inject private AnswerHeaders headers;
  @Inject private RateLimits limits;
  @Inject private AccessLog log;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    noteAddress(request);
    if (asksForNoUser(request.getRequestURI().substring(request.getContextPath().length()))) {
      return context.doNothing();
    }
    String header = request.getHeader("Authorization");
    try {
      if (header == null) {
        Optional<String> session = sessions.find(request);
        return session.isEmpty()
            ? context.doNothing()
            : bySession(session.get(), request, response, context);
      }
      requireOne(request);
      return accept(stores.validate(credential(header)), request, context);
    } catch (RuntimeException e) {
      return refuse(UnexpectedMapper.problem(e, RequestId.of(request)), request, response);
    }
  }

  /** Metrics ask for a token of their own; health must not hang with the database of the users. */
  private static boolean asksForNoUser(String path) {
    return path.equals(MetricsServlet.PATH) || path.matches("/health(/(live|ready))?");
  }

  private AuthenticationStatus bySession(
      String jwt,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpMessageContext context) {
    CredentialValidationResult result;
    try {
      result = stores.validate(new BearerCredential(jwt));
      if (!(result.getCallerPrincipal() instanceof RegistryPrincipal principal)
          || principal.token() == null
          || !principal.token().isLogin()) {
        throw new ProblemException(ProblemType.INVALID_TOKEN, "Log in again.");
      }
    } catch (RuntimeException e) {
      Problem problem = UnexpectedMapper.problem(e, RequestId.of(request));
      if (problem.type().status() != 401) {
        return refuse(problem, request, response);
      }
      sessions.end().forEach(cookie -> response.addHeader("Set-Cookie", cookie));
      return context.doNothing();
    }
    sessions.checkWrite(request, jwt);
    return accept(result, request, context);
  }

  private static AuthenticationStatus accept(
      CredentialValidationResult result, HttpServletRequest request, HttpMessageContext context) {
    if (result.getStatus() == CredentialValidationResult.Status.VALID
        && result.getCallerPrincipal() instanceof RegistryPrincipal principal) {
      Callers.set(request, principal.caller());
      if (principal.token() != null) {
        Callers.setToken(request, principal.token());
      }
      return context.notifyContainerAboutLogin(result);
    }
    throw new ProblemException(ProblemType.INVALID_TOKEN, "Log in again.");
  }

  private void noteAddress(HttpServletRequest request) {
    TrustedProxies proxies = config.trustedProxies();
    if (!proxies.isEmpty()) {
      List<String> hops = Collections.list(request.getHeaders("X-Forwarded-For"));
      ClientAddress.set(request, proxies.client(request.getRemoteAddr(), hops));
    }
  }

  /** Of two, a proxy before the registry may have believed the other. */
  private static void requireOne(HttpServletRequest request) {
    Enumeration<String> headers = request.getHeaders("Authorization");
    headers.nextElement();
    if (headers.hasMoreElements()) {
      throw new ProblemException(ProblemType.BAD_REQUEST, "Send a single 'Authorization' header.");
    }
  }

  private static BearerCredential credential(String header) {
    if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw new ProblemException(
          ProblemType.INVALID_TOKEN, "Send 'Authorization: Bearer' and a token.");
    }
    return new BearerCredential(header.substring(BEARER.length()).strip());
  }

  private AuthenticationStatus refuse(
      Problem problem, HttpServletRequest request, HttpServletResponse response) {
    Callers.refuse(request);
    // The filters have not run yet.
    headers.mark(request, response);
    Problem told = counted(problem, request, response);
    int bytes = 0;
    try {
      bytes = told.sendTo(response);
      // Else WildFly sends its error page instead.
      response.flushBuffer();
    } catch (IOException failure) {
      LOG.log(Level.FINE, failure, () -> "a client went away before its refusal");
    }
    log.tell(request, told.type().status(), bytes);
    return AuthenticationStatus.SEND_FAILURE;
  }

  /** Credentials that are refused count against the address that they came from. */
  private Problem counted(
      Problem problem, HttpServletRequest request, HttpServletResponse response) {
    if (problem.type().status() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
      return problem;
    }
    Optional<Verdict> verdict = limits.take(BucketKey.ofRefused(request));
    verdict.ifPresent(told -> told.tell(response));
    return verdict
        .filter(told -> !told.allowed())
        .map(told -> Problem.of(told.refusal(), RequestId.of(request)))
        .orElse(problem);
  }
}
