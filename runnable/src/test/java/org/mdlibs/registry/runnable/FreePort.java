package org.mdlibs.registry.runnable;

import java.io.IOException;
import java.net.ServerSocket;

/** A port that nobody listens on, at this moment. */
final class FreePort {
  private FreePort() {}

  static int find() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
