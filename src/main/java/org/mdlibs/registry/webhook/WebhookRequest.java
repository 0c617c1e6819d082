package org.mdlibs.registry.webhook;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.mdlibs.registry.library.VersionEvent;
import org.mdlibs.registry.problem.Faults;

/**
 * What a webhook is to be, or what changes of one; of a change, what is left out stays.
 *
 * @param secret left out: one is made
 * @param events left out: all
 */
public record WebhookRequest(String url, String secret, List<String> events, Boolean active) {
  /** The events that a webhook can be told. */
  static final List<String> EVENTS =
      Arrays.stream(VersionEvent.Kind.values()).map(VersionEvent.Kind::wireName).toList();

  private static final int MIN_SECRET = 16;
  private static final int MAX_SECRET = 200;

  /** What was read of it; null is left out. */
  record Parsed(URI url, String secret, List<String> events, Boolean active) {}

  /**
   * Reads it.
   *
   * @throws org.mdlibs.registry.problem.ProblemException INVALID_INPUT with every fault
   */
  Parsed parse(boolean isNew, Destination destination) {
    var faults = new Faults();
    Optional<URI> target =
        isNew
            ? faults.required("url", url, destination::parse)
            : faults.optional("url", url, destination::parse);
    Optional<String> own = faults.optional("secret", secret, WebhookRequest::secret);
    if (events != null && (events.isEmpty() || !EVENTS.containsAll(events))) {
      faults.add("events", "must be some of '" + String.join("', '", EVENTS) + "'");
    }
    faults.throwIfAny();
    return new Parsed(
        target.orElse(null),
        own.orElse(null),
        events == null ? null : List.copyOf(new LinkedHashSet<>(events)),
        active);
  }

  private static String secret(String text) {
    if (text.length() < MIN_SECRET
        || text.length() > MAX_SECRET
        || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "must be %d to %d printable ASCII characters".formatted(MIN_SECRET, MAX_SECRET));
    }
    return text;
  }
}
