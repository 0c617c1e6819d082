package org.mdlibs.registry.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A webhook.
 *
 * @param scope whose events it is told
 * @param secret what deliveries are signed with; shown once, when it is made, else absent
 */
public record WebhookDetails(
    UUID id,
    String scope,
    String url,
    List<String> events,
    boolean active,
    Instant createdAt,
    Instant updatedAt,
    @Schema(nullable = true) String secret) {
  public WebhookDetails {
    events = List.copyOf(events);
  }

  static WebhookDetails of(String scope, Webhook webhook, String secret) {
    URI url = webhook.url();
    return new WebhookDetails(
        webhook.id(),
        scope,
        url.toString(),
        webhook.events(),
        webhook.isActive(),
        webhook.createdAt(),
        webhook.updatedAt(),
        secret);
  }
}
