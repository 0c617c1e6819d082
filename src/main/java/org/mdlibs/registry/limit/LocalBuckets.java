package org.mdlibs.registry.limit;

import io.github.bucket4j.Bucket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The buckets of this node, of which it keeps a bounded number: whose was silent longest goes, and
 * finds a full one when he comes again. Whoever has that many addresses to call from has as many
 * limits anyway; and addresses never push out users and scopes, whom nobody can make up.
 */
final class LocalBuckets {
  /** A bucket takes some 530 bytes with all that belongs to it: in all at most 22 MB. */
  static final int MOST_OF_EACH_KIND = 20_000;

  /** So that requests seldom wait for each other. */
  private static final int STRIPES = 16;

  private final Function<BucketKey, Bucket> making;
  private final List<Stripe> addresses = new ArrayList<>();
  private final List<Stripe> others = new ArrayList<>();

  /** A bucket, with what of it other nodes do not know yet. */
  static final class Held {
    private final BucketKey key;
    private final Bucket bucket;
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicBoolean waiting = new AtomicBoolean();

    Held(BucketKey key, Bucket bucket) {
      this.key = key;
      this.bucket = bucket;
    }

    BucketKey key() {
      return key;
    }

    Bucket bucket() {
      return bucket;
    }

    /** Tokens that were taken here and are not taken from the shared bucket. */
    AtomicLong unsent() {
      return unsent;
    }

    /** Whether it stands in the queue of those that are settled. */
    AtomicBoolean waiting() {
      return waiting;
    }
  }

  private static final class Stripe extends LinkedHashMap<BucketKey, Held> {
    private static final long serialVersionUID = 1L;

    Stripe() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<BucketKey, Held> eldest) {
      return size() > MOST_OF_EACH_KIND / STRIPES;
    }
  }

  LocalBuckets(Function<BucketKey, Bucket> making) {
    this.making = making;
    for (int i = 0; i < STRIPES; i++) {
      addresses.add(new Stripe());
      others.add(new Stripe());
    }
  }

  /** The bucket of a key; a full one when there is none. */
  Held get(BucketKey key) {
    int hash = key.hashCode();
    List<Stripe> stripes = key.isOfAddress() ? addresses : others;
    Stripe stripe = stripes.get(Math.floorMod(hash ^ (hash >>> 16), STRIPES));
    synchronized (stripe) {
      return stripe.computeIfAbsent(key, k -> new Held(k, making.apply(k)));
    }
  }

  /** How many there are. */
  int size() {
    int size = 0;
    for (List<Stripe> stripes : List.of(addresses, others)) {
      for (Stripe stripe : stripes) {
        synchronized (stripe) {
          size += stripe.size();
        }
      }
    }
    return size;
  }
}
