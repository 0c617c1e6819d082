package org.mdlibs.cli;

import java.util.List;
import java.util.Locale;

/**
 * A bar for a transfer that takes longer than a second, on a terminal only. Safe for several
 * threads.
 */
final class Progress implements AutoCloseable {
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long STEP_NANOS = 100_000_000L;
  private static final int WIDTH = 30;

  private final Terminal terminal;
  private final String what;
  private final long total;
  private final long start = System.nanoTime();
  private long next = start + FIRST_NANOS;
  private long done;
  private boolean drawn;

  /**
   * Begins a transfer.
   *
   * @param total bytes, at least 0
   */
  Progress(Terminal terminal, String what, long total) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
  }

  synchronized void advance(long bytes) {
    done += bytes;
    long now = System.nanoTime();
    if (!terminal.showsProgress() || now - next < 0) {
      return;
    }
    next = now + STEP_NANOS;
    drawn = true;
    int filled = total == 0 ? 0 : (int) Math.min(WIDTH, WIDTH * done / total);
    terminal
        .err()
        .printf(
            Locale.ROOT,
            "\r%s [%s%s] %s / %s, %s/s\u001b[K",
            what,
            "#".repeat(filled),
            " ".repeat(WIDTH - filled),
            size(done),
            size(total),
            size(done * 1_000_000_000L / Math.max(1, now - start)));
    terminal.err().flush();
  }

  @Override
  public synchronized void close() {
    if (drawn) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }

  /** A size as people write it: 980 B, 12.3 KiB, 4.0 MiB, 50.0 GiB. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double size = bytes / 1024.0;
    int unit = 0;
    while (unit < UNITS.size() - 1 && size >= 1024) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
  }
}
