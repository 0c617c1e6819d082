package org.mdlibs.registry.readonly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Logger;
import org.mdlibs.registry.config.RegistryConfig;

/**
 * Whether the registry takes writes, as this node knows it: asked of the database again when what
 * it knows is half a second old, and only when somebody wants to know. So other nodes follow within
 * that time, and reads cost nothing.
 */
@ApplicationScoped
public class ReadOnly {
  private static final Logger LOG = Logger.getLogger(ReadOnly.class.getName());
  private static final Duration FRESH = Duration.ofMillis(500);

  @Inject private RegistryConfig config;
  @Inject private ReadOnlyModes modes;
  @Inject private Clock clock;

  private volatile Known known = new Known(Optional.empty(), Instant.EPOCH);

  private record Known(Optional<ReadOnlyMode> mode, Instant readAt) {}

  /** The mode of this moment; empty when writes are taken. */
  public Optional<ReadOnlyMode> mode() {
    if (config.readOnly().isPresent()) {
      return config.readOnly().map(reason -> new ReadOnlyMode(reason, null, null));
    }
    Instant now = clock.instant();
    Known current = known;
    if (now.isBefore(current.readAt().plus(FRESH)) && !now.isBefore(current.readAt())) {
      return current.mode();
    }
    try {
      current = new Known(modes.find(), now);
    } catch (RuntimeException e) {
      // Whoever wants to write will hear of it from the database itself.
      LOG.warning(() -> "whether the registry is read-only cannot be read: " + e);
      current = new Known(current.mode(), now);
    }
    known = current;
    return current.mode();
  }

  /** The same, as it was when somebody asked last: for whoever must not wait for the database. */
  public Optional<ReadOnlyMode> lastMode() {
    return config.readOnly().isPresent() ? mode() : known.mode();
  }

  /** Whether the registry takes no writes. */
  public boolean isOn() {
    return mode().isPresent();
  }

  /** Forgets what this node knew, since it was changed here. */
  void changed() {
    known = new Known(Optional.empty(), Instant.EPOCH);
  }
}
