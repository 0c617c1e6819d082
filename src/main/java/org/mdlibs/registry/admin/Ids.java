package org.mdlibs.registry.admin;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as a path names them: what has not their shape is nobody's. */
final class Ids {
  /** {@link UUID#fromString} takes more than the canonical form. */
  private static final Pattern SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  static Optional<UUID> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }
}
