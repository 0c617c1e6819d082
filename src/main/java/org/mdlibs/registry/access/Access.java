package org.mdlibs.registry.access;

import java.util.UUID;

/** The one place where it is decided who may do what. Pure: every case is a row of its test. */
public final class Access {
  /** What can be done to a library. */
  public enum Action {
    READ,
    PUBLISH
  }

  /** What becomes of a request. */
  public enum Verdict {
    ALLOWED,
    /** 401: whoever gives credentials may be allowed. */
    UNAUTHENTICATED,
    /** 403: the caller sees the thing and may not do this to it. */
    FORBIDDEN,
    /** 404: the caller may not learn that the thing exists. */
    HIDDEN
  }

  private Access() {}

  /**
   * Decides about one library, existing or to be.
   *
   * @param namespace the user (or team) whose scope it is in
   * @param isPrivate whether it is, or would be, seen by its owners alone
   * @param anonymousRead whether callers without credentials may read at all
   */
  public static Verdict decide(
      Caller caller, Action action, UUID namespace, boolean isPrivate, boolean anonymousRead) {
    if (caller.isAnonymous() && (action != Action.READ || !anonymousRead)) {
      return Verdict.UNAUTHENTICATED;
    }
    if (isPrivate && !mayRead(caller, namespace)) {
      return Verdict.HIDDEN;
    }
    return switch (action) {
      case READ -> Verdict.ALLOWED;
      case PUBLISH ->
          caller.owns(namespace) && caller.permissions().contains(Permission.PUBLISH)
              ? Verdict.ALLOWED
              : Verdict.FORBIDDEN;
    };
  }

  /** Whether somebody may read what is private in a namespace. */
  private static boolean mayRead(Caller caller, UUID namespace) {
    return caller.isAdministrator()
        || (caller.owns(namespace)
            && (caller.permissions().contains(Permission.READ)
                || caller.permissions().contains(Permission.PUBLISH)));
  }
}
