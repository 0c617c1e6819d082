package org.mdlibs.registry.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;

/**
 * Refuses with 400 what servers read in different ways: an encoded slash in the path, which some
 * take for a slash (Jakarta Servlet 6.0 §3.5.2 wants it refused, and Open Liberty does), and a
 * query that is not percent-encoded (RFC 3986 §2.1).
 */
public class UrlFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Pattern SLASH = Pattern.compile("%(2[Ff]|5[Cc])");
  private static final Pattern MALFORMED = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String query = request.getQueryString();
    if (SLASH.matcher(request.getRequestURI()).find()) {
      refuse("See /openapi for what this operation takes.", request, response);
    } else if (query != null && MALFORMED.matcher(query).find()) {
      refuse("Send the query percent-encoded: '%' itself is '%25'.", request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void refuse(
      String detail, HttpServletRequest request, HttpServletResponse response) throws IOException {
    Problem.send(new ProblemException(ProblemType.BAD_REQUEST, detail), request, response);
  }
}
