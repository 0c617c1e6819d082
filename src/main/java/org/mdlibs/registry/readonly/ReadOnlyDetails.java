package org.mdlibs.registry.readonly;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the registry takes no writes.
 *
 * @param source {@code administrator}, or {@code configuration}, which no request changes
 */
public record ReadOnlyDetails(
    boolean readOnly, String reason, String source, Instant since, String setBy) {
  static ReadOnlyDetails of(Optional<ReadOnlyMode> mode) {
    return mode.map(
            on ->
                new ReadOnlyDetails(
                    true,
                    on.reason(),
                    on.setBy() == null ? "configuration" : "administrator",
                    on.since(),
                    on.setBy()))
        .orElseGet(() -> new ReadOnlyDetails(false, null, null, null, null));
  }
}
