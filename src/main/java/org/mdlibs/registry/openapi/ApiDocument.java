package org.mdlibs.registry.openapi;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mdlibs.registry.json.Accept;
import org.mdlibs.registry.json.EntityTags;
import org.mdlibs.registry.problem.Problem;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.ReadOnlyServlet;

/**
 * {@code GET /openapi}: the document that the build made, as YAML (RFC 9512) or as JSON, by {@code
 * ?format=} or else by {@code Accept}. A servlet, since one server has no such document, and others
 * would each write their own.
 */
public class ApiDocument extends ReadOnlyServlet {
  private static final long serialVersionUID = 1L;

  /** A form of the document. */
  private record Form(String name, String mediaType, String text, String etag) {}

  /** The one that is given where a caller does not mind comes first. */
  private transient List<Form> forms;

  @Override
  public void init() throws ServletException {
    forms = List.of(read("yaml", "application/yaml"), read("json", "application/json"));
  }

  private static Form read(String name, String mediaType) throws ServletException {
    try (InputStream in = ApiDocument.class.getResourceAsStream("/META-INF/openapi." + name)) {
      byte[] bytes = in.readAllBytes();
      return new Form(
          name, mediaType, new String(bytes, StandardCharsets.UTF_8), EntityTags.of(bytes));
    } catch (IOException e) {
      throw new ServletException(e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Form form;
    try {
      form = choose(request.getParameter("format"), request.getHeader("Accept"));
    } catch (ProblemException e) {
      Problem.send(e, request, response);
      return;
    }
    response.setHeader("Vary", "Accept");
    response.setHeader("Cache-Control", "public, no-cache");
    response.setHeader("ETag", form.etag());
    if (EntityTags.match(request.getHeader("If-None-Match"), form.etag())) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(form.mediaType());
    byte[] body = form.text().getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private Form choose(String format, String accept) {
    if (format != null) {
      return forms.stream()
          .filter(form -> form.name().equalsIgnoreCase(format))
          .findFirst()
          .orElseThrow(
              () ->
                  new ProblemException(
                      ProblemType.INVALID_INPUT, "Ask for the format 'yaml' or 'json'."));
    }
    return Accept.parse(accept)
        .best(forms, Form::mediaType)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_ACCEPTABLE, "Ask for application/yaml or application/json."));
  }
}
