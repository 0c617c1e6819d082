package org.mdlibs.registry.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which key does what at a time. A new key is published before it signs, so that whoever keeps the
 * published ones for a while knows it when he meets it; only the very first signs at once. An old
 * one is kept while a token that it can have signed is alive.
 *
 * @param keys the newest first
 */
record KeySchedule(List<SigningKey> keys, Instant now) {
  /** How long a key is published before it signs. */
  static final Duration AHEAD = Duration.ofHours(1);

  /** How long after its successor's turn a node whose clock or reading is late may still sign. */
  static final Duration LATE = Duration.ofHours(1);

  KeySchedule {
    keys = List.copyOf(keys);
  }

  /** The key to sign with; empty when there is none at all. */
  Optional<SigningKey> signing() {
    return keys.stream()
        .filter(key -> !now.isBefore(key.createdAt().plus(AHEAD)))
        .findFirst()
        .or(() -> keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1)));
  }

  /** Whether it is time for a new key. */
  boolean needsNew(Duration rotation) {
    return keys.isEmpty() || !now.isBefore(keys.get(0).createdAt().plus(rotation));
  }

  /** A key that signs nothing any more, and until when its tokens can have been made. */
  record Retired(SigningKey key, Instant lastSignature) {}

  /** The keys that no node signs with any more. */
  List<Retired> retired() {
    return java.util.stream.IntStream.range(1, keys.size())
        .mapToObj(i -> new Retired(keys.get(i), keys.get(i - 1).createdAt().plus(AHEAD).plus(LATE)))
        .filter(retired -> now.isAfter(retired.lastSignature()))
        .toList();
  }
}
