package org.mdlibs.registry.audit;

import java.util.Locale;

/** What is audited. The wire name is the lower-case name with a dot for the first underscore. */
public enum AuditAction {
  USER_REGISTERED,
  USER_LOGIN,
  USER_LOGOUT,
  USER_PASSWORD_CHANGED,
  USER_PASSWORD_RESET,
  USER_SUSPENDED,
  USER_RESTORED,
  USER_ROLE_CHANGED,
  USER_QUOTA_CHANGED,
  USER_LINKED,
  USER_ERASED,
  TOKEN_CREATED,
  TOKEN_REVOKED,
  TEAM_CREATED,
  TEAM_CHANGED,
  TEAM_DELETED,
  TEAM_MEMBER_ADDED,
  TEAM_MEMBER_CHANGED,
  TEAM_MEMBER_REMOVED,
  TEAM_QUOTA_CHANGED,
  LIBRARY_PUBLISHED,
  LIBRARY_CHANGED,
  LIBRARY_TRANSFERRED,
  VERSION_DELETED,
  VERSION_YANKED,
  VERSION_UNYANKED,
  WEBHOOK_CREATED,
  WEBHOOK_CHANGED,
  WEBHOOK_REMOVED,
  KEY_ROTATED,
  STORAGE_VERIFIED,
  STORAGE_COLLECTED,
  REGISTRY_READ_ONLY_SET,
  REGISTRY_READ_ONLY_LIFTED,
  LOG_LEVEL_CHANGED,
  ACCESS_DENIED;

  /** The name on the wire and in the database: {@code user.login}, {@code team.member_added}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }
}
