package org.mdlibs.registry.name;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as a caller names them: what has not their shape is nobody's. */
public final class Ids {
  /** {@link UUID#fromString} takes more than the canonical form. */
  private static final Pattern SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  /** Reads an id in its canonical form (RFC 9562 §4); empty when it is none. */
  public static Optional<UUID> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }
}
