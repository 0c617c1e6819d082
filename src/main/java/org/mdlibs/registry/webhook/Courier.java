package org.mdlibs.registry.webhook;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mdlibs.registry.config.OwnThreads;
import org.mdlibs.registry.webhook.Deliveries.Delivery;
import org.mdlibs.registry.webhook.Deliveries.Lease;

/**
 * Sends what is due, at most {@value #AT_ONCE} at the same time on a node and one at a time to each
 * webhook. Its turn ends with the first failure, or after {@link #TURN}; after a failure it rests
 * {@value #REST} times as long as that took. So a receiver that hangs, whatever waits for it, takes
 * a tenth of one place, and many of them leave places for others.
 */
@ApplicationScoped
public class Courier {
  private static final Logger LOG = Logger.getLogger(Courier.class.getName());
  private static final int AT_ONCE = 16;
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final int REST = 9;

  @Inject private Deliveries deliveries;
  @Inject private Webhooks webhooks;
  @Inject private Secrets secrets;
  @Inject private Sender sender;
  @Inject private Clock clock;
  @Resource private ManagedThreadFactory threads;
  private ExecutorService executor;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private volatile boolean stopped;

  @PostConstruct
  void start() {
    executor = OwnThreads.of(threads);
  }

  @PreDestroy
  void end() {
    executor.shutdown();
  }

  /** Begins to send what is due, and waits for nothing. */
  void send() {
    if (stopped || free.availablePermits() == 0) {
      return;
    }
    for (UUID webhook : deliveries.due(AT_ONCE)) {
      if (!free.tryAcquire()) {
        return;
      }
      try {
        executor.execute(() -> work(webhook));
      } catch (RejectedExecutionException e) {
        free.release();
        LOG.log(Level.WARNING, "webhooks wait for the server", e);
        return;
      }
    }
  }

  /** Begins nothing more: the registry stops. */
  void stop() {
    stopped = true;
  }

  private void work(UUID webhook) {
    try {
      deliveries.take(webhook).ifPresent(this::turn);
    } catch (RuntimeException e) {
      // Its lease ends by itself, and then it is due again.
      LOG.log(Level.WARNING, e, () -> "webhook_id=" + webhook + " waits");
    } finally {
      free.release();
    }
  }

  private void turn(Lease lease) {
    Instant end = clock.instant().plus(TURN);
    Duration rest = Duration.ZERO;
    try {
      while (rest.isZero() && !stopped && clock.instant().isBefore(end)) {
        Optional<Delivery> next = deliveries.next(lease.webhook());
        Optional<Webhook> webhook = webhooks.find(lease.webhook()).filter(Webhook::isActive);
        if (next.isEmpty() || webhook.isEmpty()) {
          return;
        }
        Instant begin = clock.instant();
        if (!send(next.get(), webhook.get())) {
          rest = Duration.between(begin, clock.instant()).multipliedBy(REST).plusMillis(1);
        }
      }
    } finally {
      deliveries.giveBack(lease, rest);
    }
  }

  /** Sends one; whether it was taken. */
  private boolean send(Delivery delivery, Webhook webhook) {
    String secret = secrets.open(webhook.secret(), webhook.id());
    long timestamp = clock.instant().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Mdlibs-Event", delivery.event());
    headers.put("X-Mdlibs-Delivery", delivery.id().toString());
    headers.put("X-Mdlibs-Timestamp", Long.toString(timestamp));
    headers.put("X-Mdlibs-Signature-256", Signature.of(secret, timestamp, delivery.payload()));
    Sender.Reply reply = sender.post(webhook.url(), headers, delivery.payload());
    deliveries.note(delivery, reply);
    LOG.fine(
        () ->
            "webhook_id=%s delivery_id=%s status=%s failure=%s"
                .formatted(webhook.id(), delivery.id(), reply.status(), reply.failure()));
    return reply.isTaken();
  }
}
