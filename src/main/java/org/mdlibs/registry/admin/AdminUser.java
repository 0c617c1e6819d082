package org.mdlibs.registry.admin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mdlibs.registry.user.StorageUse;

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
    @Schema(nullable = true) String email,
    String role,
    boolean suspended,
    @Schema(nullable = true) List<String> suspendedBy,
    Instant createdAt,
    @Schema(nullable = true) String issuer,
    long librariesCount,
    StorageUse storage) {
  public AdminUser {
    suspendedBy = suspendedBy == null ? null : List.copyOf(suspendedBy);
  }
}
