package org.mdlibs.registry.admin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An account, as administrators see it.
 *
 * @param suspended whether it is closed, by whomever
 * @param suspendedBy who closed it: {@code administrator}, {@code source} or both, in this order;
 *     absent while it is open
 * @param issuer who vouches for it, absent for an account with a password here
 * @param librariesCount of its own scope
 */
public record AdminUser(
    UUID id,
    String username,
    String email,
    String role,
    boolean suspended,
    List<String> suspendedBy,
    Instant createdAt,
    String issuer,
    long librariesCount,
    Storage storage) {
  public AdminUser {
    suspendedBy = suspendedBy == null ? null : List.copyOf(suspendedBy);
  }

  /** Bytes of the archives in its scope, and how many they may be. */
  public record Storage(long usedBytes, long quotaBytes) {}
}
