package org.mdlibs.registry.admin;

import java.time.Instant;
import org.mdlibs.registry.user.PasswordResets;

/** A code by which the owner of an account sets its password, once; it is told this once. */
public record ResetCode(String code, Instant expiresAt) {
  static ResetCode of(PasswordResets.Code code) {
    return code == null ? null : new ResetCode(code.code(), code.expiresAt());
  }
}
