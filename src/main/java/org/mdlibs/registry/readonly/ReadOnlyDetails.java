package org.mdlibs.registry.readonly;

import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether the registry takes no writes.
 *
 * @param source {@code administrator}, or {@code configuration}, which no request changes
 */
public record ReadOnlyDetails(
    boolean readOnly,
    @Schema(nullable = true) String reason,
    @Schema(nullable = true) String source,
    @Schema(nullable = true) Instant since,
    @Schema(nullable = true) String setBy) {
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
