package org.mdlibs.registry.access;

import java.util.UUID;

/** The one place where it is decided who may do what. Pure: every case is a row of its test. */
public final class Access {
  /** What can be done to a library. */
  public enum Action {
    READ,
    /** Publishing a version, yanking one. */
    PUBLISH,
    /** Changing its settings, deleting a version, moving it. */
    MANAGE
  }

  /** What can be done to a team. */
  public enum TeamAction {
    READ,
    /** Taking oneself out of it. */
    LEAVE,
    /** Changing it or its members, deleting it. */
    MANAGE
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
    if (isPrivate && !seesPrivate(caller, action, namespace)) {
      return Verdict.HIDDEN;
    }
    boolean allowed =
        switch (action) {
          case READ -> true;
          case PUBLISH -> caller.may(Permission.PUBLISH) && caller.belongsTo(namespace);
          case MANAGE -> caller.may(Permission.MANAGE) && caller.administers(namespace);
        };
    return allowed || caller.isAdministrator() ? Verdict.ALLOWED : Verdict.FORBIDDEN;
  }

  private static boolean seesPrivate(Caller caller, Action action, UUID namespace) {
    return caller.isAdministrator()
        || (caller.belongsTo(namespace) && (action != Action.READ || caller.may(Permission.READ)));
  }

  /**
   * Decides about managing what belongs to a scope. Whoever has no part in it does not learn of it.
   *
   * @param namespace the user's or team's
   */
  public static Verdict decide(Caller caller, UUID namespace) {
    if (caller.isAnonymous()) {
      return Verdict.UNAUTHENTICATED;
    }
    if (caller.isAdministrator()) {
      return Verdict.ALLOWED;
    }
    if (!caller.belongsTo(namespace)) {
      return Verdict.HIDDEN;
    }
    return caller.may(Permission.MANAGE) && caller.administers(namespace)
        ? Verdict.ALLOWED
        : Verdict.FORBIDDEN;
  }

  /** Decides about one team. Whoever is not in it does not learn that it exists. */
  public static Verdict decide(Caller caller, TeamAction action, UUID team) {
    if (caller.isAnonymous()) {
      return Verdict.UNAUTHENTICATED;
    }
    if (caller.isAdministrator()) {
      return Verdict.ALLOWED;
    }
    if (!caller.teams().containsKey(team)) {
      return Verdict.HIDDEN;
    }
    boolean allowed =
        switch (action) {
          case READ -> caller.may(Permission.READ) || caller.may(Permission.MANAGE);
          case LEAVE -> caller.may(Permission.MANAGE);
          case MANAGE -> caller.may(Permission.MANAGE) && caller.administers(team);
        };
    return allowed ? Verdict.ALLOWED : Verdict.FORBIDDEN;
  }
}
