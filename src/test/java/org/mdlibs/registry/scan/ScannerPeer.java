package org.mdlibs.registry.scan;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Speaks clamd's protocol as a test wants it spoken: each connection gets the next answer, and the
 * last one all that follow.
 */
final class ScannerPeer implements AutoCloseable {
  /** What a scanner that reports its limits answers to the probe. */
  static final Answer LIMITS = after("stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND\0");

  private final ServerSocket socket;
  private final List<Answer> answers;
  private final List<Long> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What is done with one connection; it is closed afterwards. */
  interface Answer {
    void give(ScannerPeer peer, Socket connection) throws IOException, InterruptedException;
  }

  private ScannerPeer(ServerSocket socket, List<Answer> answers) {
    this.socket = socket;
    this.answers = answers;
  }

  static ScannerPeer answering(Answer... answers) throws IOException {
    var peer =
        new ScannerPeer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), List.of(answers));
    var thread = new Thread(peer::serve, "scanner peer");
    thread.setDaemon(true);
    thread.start();
    return peer;
  }

  /** Reads the whole stream, then answers. */
  static Answer after(String text) {
    return (peer, connection) -> {
      peer.received.add(readStream(connection));
      connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    };
  }

  /** Answers after the first bytes, and hangs up without having read the others. */
  static Answer early(String text) {
    return (peer, connection) -> {
      connection.getInputStream().read();
      connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    };
  }

  /** Reads the whole stream and says nothing. */
  static Answer silence() {
    return (peer, connection) -> {
      readStream(connection);
      peer.closed.await();
    };
  }

  /** Takes the connection, and never a byte of it. */
  static Answer deafness() {
    return (peer, connection) -> peer.closed.await();
  }

  private void serve() {
    for (int count = 0; ; count++) {
      try (Socket connection = socket.accept()) {
        answers.get(Math.min(count, answers.size() - 1)).give(this, connection);
      } catch (SocketException | EOFException e) {
        if (socket.isClosed()) {
          return;
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static long readStream(Socket connection) throws IOException {
    var in = new DataInputStream(connection.getInputStream());
    String command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
    if (!command.equals("zINSTREAM\0")) {
      throw new IllegalStateException("no INSTREAM, but " + command);
    }
    long bytes = 0;
    for (int length = in.readInt(); length != 0; length = in.readInt()) {
      in.skipNBytes(length);
      bytes += length;
    }
    return bytes;
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Bytes of each stream that was read to its end. */
  List<Long> received() {
    return received;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
