package org.mdlibs.registry.library;

import java.time.Instant;
import java.util.Locale;

/**
 * What happened to a version: told within the transaction of the act, its last step, to whoever has
 * to note it there.
 *
 * @param actor the username of who did it
 */
public record VersionEvent(
    Kind kind, Library library, LibraryVersion version, String actor, Instant at) {
  /** The things that happen. */
  public enum Kind {
    PUBLISHED,
    DELETED,
    YANKED,
    UNYANKED;

    /** The name on the wire and in the database: {@code version.published}. */
    public String wireName() {
      return "version." + name().toLowerCase(Locale.ROOT);
    }
  }
}
