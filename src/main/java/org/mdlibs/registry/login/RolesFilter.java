package org.mdlibs.registry.login;

import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.problem.UnexpectedMapper;

/**
 * Enforces the annotation by which every resource method says who may call it. The servers differ
 * in this (some enforce it on EJBs alone, some answer 403 where a login would help), so the
 * registry does it the same everywhere. A method that says nothing is refused to everybody.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class RolesFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;
  @Inject private HttpServletRequest request;

  @Override
  public void filter(ContainerRequestContext context) {
    Method method = resource.getResourceMethod();
    if (method == null || !method.getDeclaringClass().getName().startsWith("org.mdlibs.")) {
      return;
    }
    Caller caller = Callers.of(request);
    if (!method.isAnnotationPresent(PermitAll.class)) {
      requireRole(caller, method.getAnnotation(RolesAllowed.class));
    }
    Needs needs = method.getAnnotation(Needs.class);
    if (needs != null && !caller.isAnonymous()) {
      for (Permission permission : needs.value()) {
        requirePermission(caller, permission);
      }
    }
  }

  private static void requireRole(Caller caller, RolesAllowed allowed) {
    if (caller.isAnonymous()) {
      throw new ProblemException(ProblemType.AUTHENTICATION_REQUIRED, UnexpectedMapper.LOG_IN);
    }
    List<String> roles = allowed == null ? List.of() : List.of(allowed.value());
    if (!roles.contains(Role.USER_NAME)
        && !(roles.contains(Role.ADMIN_NAME) && caller.isAdministrator())) {
      throw new ProblemException(ProblemType.FORBIDDEN, UnexpectedMapper.ASK_ADMINISTRATOR);
    }
  }

  private static void requirePermission(Caller caller, Permission permission) {
    if (!caller.may(permission)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Use a token with the scope '" + permission.wireName() + "'.");
    }
  }
}
