package org.mdlibs.registry.runnable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogWriterTest {
  /** Takes nothing until it is let to. */
  private static final class Gate extends OutputStream {
    private final CountDownLatch open = new CountDownLatch(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      synchronized (bytes) {
        bytes.write(buffer, offset, length);
      }
    }

    List<String> lines() {
      synchronized (bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
      }
    }
  }

  @Test
  void writes_each_line_once_and_those_of_a_thread_in_their_order() throws InterruptedException {
    var gate = new Gate();
    gate.open.countDown();
    var writer = new LogWriter(gate);
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                thread ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < 5_000; i++) {
                            writer.write(thread + " " + i + "\n");
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    writer.flush();
    List<String> lines = gate.lines();
    assertThat(lines).hasSize(40_000);
    for (int thread = 0; thread < 8; thread++) {
      String of = thread + " ";
      assertThat(lines.stream().filter(line -> line.startsWith(of)).toList())
          .isEqualTo(IntStream.range(0, 5_000).mapToObj(i -> of + i).toList());
    }
  }

  @Test
  void a_line_is_kept_by_whoever_logs_until_there_is_room_for_it() throws InterruptedException {
    var gate = new Gate();
    var writer = new LogWriter(gate);
    int more = 20_000;
    var logging = new Thread(() -> IntStream.range(0, more).forEach(i -> writer.write(i + "\n")));
    logging.start();
    while (logging.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(gate.lines()).isEmpty();
    gate.open.countDown();
    logging.join();
    writer.flush();
    assertThat(gate.lines()).hasSize(more);
  }

  @Test
  void whoever_is_interrupted_still_logs_and_stays_interrupted() {
    var gate = new Gate();
    gate.open.countDown();
    var writer = new LogWriter(gate);
    Thread.currentThread().interrupt();
    writer.write("a\n");
    assertThat(Thread.interrupted()).isTrue();
    writer.flush();
    assertThat(gate.lines()).containsExactly("a");
  }
}
