package org.mdlibs.registry.admin;

import java.time.Instant;
import java.util.UUID;

/**
 * An account, as administrators see it.
 *
 * @param issuer who vouches for it, absent for an account with a password here
 * @param librariesCount of its own scope
 */
public record AdminUser(
    UUID id,
    String username,
    String email,
    String role,
    boolean suspended,
    Instant createdAt,
    String issuer,
    long librariesCount,
    Storage storage) {

  /** Bytes of the archives in its scope, and how many they may be. */
  public record Storage(long usedBytes, long quotaBytes) {}
}
