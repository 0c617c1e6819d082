package org.mdlibs.registry.scan;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One connection, on which no step waits for longer than it is given: a blocking socket has no time
 * limit for sending, and a scanner that stopped would hold the request for ever.
 */
final class ClamdConnection implements AutoCloseable {
  /** An answer names one signature. */
  private static final int MAX_ANSWER_BYTES = 4096;

  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);

  private ClamdConnection(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  static ClamdConnection open(String host, int port, Duration limit) throws IOException {
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    var connection = new ClamdConnection(SocketChannel.open(), Selector.open());
    try {
      connection.connect(address, limit);
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void connect(InetSocketAddress address, Duration limit) throws IOException {
    channel.configureBlocking(false);
    channel.register(selector, 0);
    channel.connect(address);
    long deadline = System.nanoTime() + limit.toNanos();
    while (!channel.finishConnect()) {
      await(SelectionKey.OP_CONNECT, deadline);
    }
  }

  /**
   * Sends all bytes.
   *
   * @param limit how long the other side may take none
   */
  void send(ByteBuffer bytes, Duration limit) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE, System.nanoTime() + limit.toNanos());
      }
    }
  }

  /** Whether there is an answer already, or the other side hung up. */
  boolean isAnswered() throws IOException {
    return channel.read(answer) != 0;
  }

  /** The answer without the NUL that ends it. */
  String answer(Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (answer.position() == 0 || answer.get(answer.position() - 1) != 0) {
      if (!answer.hasRemaining()) {
        throw new IOException("clamd's answer has no end");
      }
      int count = channel.read(answer);
      if (count < 0) {
        throw new EOFException("clamd hung up before its answer ended");
      }
      if (count == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
    return new String(answer.array(), 0, answer.position() - 1, StandardCharsets.UTF_8);
  }

  private void await(int operation, long deadline) throws IOException {
    channel.keyFor(selector).interestOps(operation);
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0 || selector.select(millis) == 0) {
      throw new SocketTimeoutException("clamd does not answer");
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
