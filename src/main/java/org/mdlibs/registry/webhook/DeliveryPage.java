package org.mdlibs.registry.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Deliveries of a webhook, the newest first. */
public record DeliveryPage(List<Delivered> deliveries, long total, int page, int perPage) {
  public DeliveryPage {
    deliveries = List.copyOf(deliveries);
  }

  /**
   * A delivery.
   *
   * @param status {@code pending}, {@code delivered} or {@code failed}, which is given up
   * @param nextAttemptAt absent when there is none any more
   * @param responseStatus of the last attempt; absent when nothing was answered
   * @param failure why the last attempt failed: {@code status}, {@code timeout}, {@code
   *     connection}, {@code tls}, {@code unknown_host}, {@code address_refused}; absent when it did
   *     not
   */
  public record Delivered(
      UUID id,
      String event,
      String status,
      int attempts,
      Instant createdAt,
      @Schema(nullable = true) Instant lastAttemptAt,
      @Schema(nullable = true) Instant nextAttemptAt,
      @Schema(nullable = true) Integer responseStatus,
      @Schema(nullable = true) String failure) {}
}
