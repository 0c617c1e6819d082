package org.mdlibs.registry.audit;

import jakarta.servlet.http.HttpServletRequest;
import org.mdlibs.registry.access.ClientAddress;
import org.mdlibs.registry.problem.RequestId;

/**
 * Where an act came from.
 *
 * @param address the client's, or null for the registry's own acts
 * @param requestId of the request, or null for the registry's own acts
 */
public record Origin(String address, String requestId) {
  /** What the registry does by itself, on a schedule. */
  public static final Origin SYSTEM = new Origin(null, null);

  /** A request's. */
  public static Origin of(HttpServletRequest request) {
    return new Origin(ClientAddress.of(request), RequestId.of(request));
  }
}
