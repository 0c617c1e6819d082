package org.mdlibs.registry.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.mdlibs.registry.json.JsonText;
import org.mdlibs.registry.library.Library;
import org.mdlibs.registry.library.LibraryVersion;
import org.mdlibs.registry.library.VersionDetails;
import org.mdlibs.registry.library.VersionEvent;

/**
 * What a receiver is told. Members may be added, none changes its meaning.
 *
 * @param id of the event: the same for all that are told of it, and for every attempt
 * @param actor the username of who did it
 * @param library absent for a ping
 * @param version absent for a ping
 */
public record Payload(
    UUID id, String event, Instant occurredAt, String actor, Subject library, Release version) {
  /** The event that is told when somebody tries a webhook out. */
  static final String PING = "ping";

  /**
   * A library.
   *
   * @param reference {@code @scope/name}
   */
  public record Subject(UUID id, String reference, String scope, String name, String visibility) {}

  /**
   * A version.
   *
   * @param checksum {@code sha256:} and lower-case hexadecimal
   * @param url the path of the version, from the root
   */
  public record Release(UUID id, String version, String checksum, long size, String url) {}

  static Payload of(UUID id, VersionEvent event) {
    Library library = event.library();
    LibraryVersion version = event.version();
    return new Payload(
        id,
        event.kind().wireName(),
        event.at(),
        event.actor(),
        new Subject(
            library.id(),
            library.reference(),
            library.scope(),
            library.name(),
            library.visibility().wireName()),
        new Release(
            version.id(),
            version.version(),
            "sha256:" + version.sha256(),
            version.sizeBytes(),
            VersionDetails.path(library, version)));
  }

  static Payload ping(UUID id, String actor, Instant now) {
    return new Payload(id, PING, now, actor, null, null);
  }

  String json() {
    return new String(JsonText.of(this), StandardCharsets.UTF_8);
  }
}
