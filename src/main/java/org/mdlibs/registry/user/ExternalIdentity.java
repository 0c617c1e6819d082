package org.mdlibs.registry.user;

import java.time.Instant;
import java.util.Set;

/**
 * Whom a source outside of the registry (a directory, an issuer of tokens) says somebody is. The
 * account is found by issuer and subject, never by name or e-mail address.
 *
 * @param issuer the source: {@link #LDAP} or the {@code iss} of a token
 * @param subject what never changes: the directory's immutable id, or the {@code sub} of a token
 * @param username the name there; the first sign-in makes it the scope
 * @param email the address there, or null when the source tells none
 * @param groups all groups that the source tells
 * @param asOf when the source said so, or null for now; what it said before its last word is not
 *     applied
 */
public record ExternalIdentity(
    String issuer,
    String subject,
    String username,
    String email,
    Set<String> groups,
    Instant asOf) {
  /** The issuer of accounts from the directory; not its URL, which may change. */
  public static final String LDAP = "ldap";

  public ExternalIdentity {
    groups = Set.copyOf(groups);
  }

  /** What a source says now. */
  public ExternalIdentity(
      String issuer, String subject, String username, String email, Set<String> groups) {
    this(issuer, subject, username, email, groups, null);
  }
}
