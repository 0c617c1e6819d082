package org.mdlibs.bench;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Answers what the runnable server asks before it says that it is ready. */
@WebServlet(urlPatterns = "/health/*", loadOnStartup = 1)
public class LiveServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  public void init() {
    System.setProperty("mdlibs.started", "yardstick");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_OK);
  }
}
