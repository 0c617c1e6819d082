package org.mdlibs.registry.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.access.Caller;
import org.mdlibs.registry.config.DownloadSettings;
import org.mdlibs.registry.config.DownloadSettings.Addresses;
import org.mdlibs.registry.stats.UsageCounter.Batch;
import org.mdlibs.registry.stats.UsageCounter.Downloaded;

class UsageCounterTest {
  private static final UUID VERSION = new UUID(1, 1);
  private static final UUID LIBRARY = new UUID(2, 2);
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

  private final AtomicLong now = new AtomicLong(MIDNIGHT.toEpochMilli());
  private final AtomicBoolean isDown = new AtomicBoolean();
  private final List<Batch> written = new ArrayList<>();

  /** What would write to the database. */
  private final class Notebook extends UsageCounts {
    @Override
    public void add(Batch batch) {
      if (isDown.get()) {
        throw new IllegalStateException("down");
      }
      written.add(batch);
    }
  }

  private final class Hands extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(now.get());
    }
  }

  private UsageCounter counter(int days, Addresses addresses) {
    return new UsageCounter(new DownloadSettings(days, addresses), new Notebook(), new Hands());
  }

  private void download(UsageCounter counter) {
    counter.countDownload(VERSION, LIBRARY, Caller.ANONYMOUS, "203.0.113.77");
  }

  @Test
  void counts_a_download_on_the_day_that_it_was_and_not_on_that_of_its_writing() {
    UsageCounter counter = counter(90, Addresses.NONE);
    now.addAndGet(-1);
    download(counter);
    now.addAndGet(1);
    download(counter);
    download(counter);
    now.addAndGet(500);
    counter.flush();
    long first = LocalDate.of(2026, 3, 1).toEpochDay();
    assertThat(written.get(0).downloads())
        .isEqualTo(
            Map.of(
                new Downloaded(VERSION, LIBRARY, first - 1), 1L,
                new Downloaded(VERSION, LIBRARY, first), 2L));
    assertThat(written.get(0).events().get(0).at()).isEqualTo(MIDNIGHT.minusMillis(1));
  }

  @Test
  void writes_nothing_when_there_is_nothing() {
    UsageCounter counter = counter(90, Addresses.NONE);
    counter.flush();
    assertThat(written).isEmpty();
    download(counter);
    counter.flush();
    counter.flush();
    assertThat(written).hasSize(1);
  }

  @Test
  void keeps_what_cannot_be_written_for_the_next_time() {
    UsageCounter counter = counter(90, Addresses.NONE);
    download(counter);
    counter.countCall(Caller.ANONYMOUS);
    isDown.set(true);
    counter.flush();
    download(counter);
    counter.countCall(Caller.ANONYMOUS);
    isDown.set(false);
    counter.flush();
    assertThat(written.get(0).downloads().values()).containsExactly(2L);
    assertThat(written.get(0).calls().values()).containsExactly(2L);
    assertThat(written.get(0).events()).hasSize(2);
  }

  @Test
  void loses_none_that_come_while_it_writes() {
    UsageCounter counter = counter(0, Addresses.NONE);
    IntStream.range(0, 10_000)
        .parallel()
        .forEach(
            i -> {
              download(counter);
              if (i % 100 == 0) {
                synchronized (written) {
                  counter.flush();
                }
              }
            });
    counter.flush();
    assertThat(
            written.stream()
                .flatMap(batch -> batch.downloads().values().stream())
                .mapToLong(Long::longValue)
                .sum())
        .isEqualTo(10_000);
  }

  @Test
  void counts_all_and_remembers_a_bounded_number_while_the_database_is_away() {
    UsageCounter counter = counter(90, Addresses.NONE);
    int many = UsageCounter.MAX_WAITING + 10;
    for (int i = 0; i < many; i++) {
      download(counter);
    }
    counter.flush();
    assertThat(written.get(0).downloads().values()).containsExactly((long) many);
    assertThat(written.get(0).events()).hasSize(UsageCounter.MAX_WAITING);
  }

  @Test
  void keeps_of_an_address_what_the_settings_want() {
    for (var kept :
        Map.of(Addresses.TRUNCATED, "203.0.113.0", Addresses.FULL, "203.0.113.77").entrySet()) {
      written.clear();
      UsageCounter counter = counter(1, kept.getKey());
      download(counter);
      counter.flush();
      assertThat(written.get(0).events().get(0).address()).isEqualTo(kept.getValue());
    }
    written.clear();
    UsageCounter counter = counter(1, Addresses.NONE);
    download(counter);
    counter.flush();
    assertThat(written.get(0).events().get(0).address()).isNull();
  }

  @Test
  void keeps_no_single_downloads_where_the_settings_want_none() {
    UsageCounter counter = counter(0, Addresses.FULL);
    download(counter);
    counter.flush();
    assertThat(written.get(0).events()).isEmpty();
    assertThat(written.get(0).downloads().values()).containsExactly(1L);
  }
}
