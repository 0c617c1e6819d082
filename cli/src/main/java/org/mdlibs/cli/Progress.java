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
  private static final int LEAST_BAR = 5;

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
    terminal.err().print("\r" + line(now) + "\u001b[K");
    terminal.err().flush();
  }

  /** The bar gives way to the figures, and those are cut, so that it never takes a second line. */
  private String line(long now) {
    String speed = size(done * 1_000_000_000L / Math.max(1, now - start));
    String figures = size(done) + " / " + size(total) + ", " + speed + "/s";
    int room = terminal.progressWidth() - what.length() - figures.length() - 5;
    String text = what + " " + figures;
    if (room >= LEAST_BAR) {
      int width = Math.min(WIDTH, room);
      int filled = total == 0 ? 0 : (int) Math.min(width, width * done / total);
      String bar = "[" + "#".repeat(filled) + " ".repeat(width - filled) + "]";
      text = what + " " + bar + " " + figures;
    }
    return text.substring(0, Math.min(text.length(), terminal.progressWidth() - 1));
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
