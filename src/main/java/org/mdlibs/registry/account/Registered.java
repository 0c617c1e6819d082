package org.mdlibs.registry.account;

import java.time.Instant;
import java.util.UUID;
import org.mdlibs.registry.user.User;

/** The account that was made. */
public record Registered(UUID id, String username, String email, Instant createdAt) {
  static Registered of(User user) {
    return new Registered(user.id(), user.username(), user.email(), user.createdAt());
  }
}
