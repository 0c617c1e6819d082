package org.mdlibs.registry.runnable;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes lines in a thread of its own, as many at once as there are, so that whoever logs does not
 * wait for the disk or the terminal. No line is dropped: where they come faster than they can be
 * written, whoever logs waits after all.
 *
 * <p>It looks for lines every {@value #PAUSE_MILLISECONDS} ms: to be woken by each of them would
 * cost whoever logs, and the processor, more than all the rest of the line.
 */
final class LogWriter {
  private static final int MOST_WAITING = 8_192;
  private static final int MOST_AT_ONCE = 1_024;
  private static final int FLUSH_SECONDS = 5;
  private static final int PAUSE_MILLISECONDS = 10;

  private final BlockingQueue<Object> lines = new ArrayBlockingQueue<>(MOST_WAITING);
  private final OutputStream out;

  LogWriter(OutputStream out) {
    this.out = out;
    var thread = new Thread(this::run, "mdlibs-log");
    thread.setDaemon(true);
    thread.start();
  }

  /** To stderr, which stays open for whoever writes there after the log is closed. */
  static LogWriter ofStderr() {
    return new LogWriter(new FileOutputStream(FileDescriptor.err));
  }

  /** Has a line written. */
  void write(String line) {
    put(line);
  }

  /** Waits until everything is written that was handed over before. */
  void flush() {
    var written = new CountDownLatch(1);
    if (put(written)) {
      try {
        written.await(FLUSH_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean put(Object line) {
    try {
      lines.put(line);
      return true;
    } catch (InterruptedException e) {
      // Whoever is told to stop says no more; that he was told must stay known.
      Thread.currentThread().interrupt();
      return lines.offer(line);
    }
  }

  private void run() {
    var batch = new ArrayList<Object>(MOST_AT_ONCE);
    try {
      while (true) {
        batch.add(lines.take());
        lines.drainTo(batch, MOST_AT_ONCE - 1);
        write(batch);
        if (batch.size() < MOST_AT_ONCE) {
          Thread.sleep(PAUSE_MILLISECONDS);
        }
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Object> batch) {
    var bytes = new ByteArrayOutputStream();
    for (Object line : batch) {
      if (line instanceof String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      bytes.writeTo(out);
    } catch (IOException e) {
      // There is nobody left to tell.
    }
    for (Object line : batch) {
      if (line instanceof CountDownLatch written) {
        written.countDown();
      }
    }
  }
}
