package com.conitrack.backup.testsupport.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port to listen on. */
final class FreePort {
  private FreePort() {}

  /** One that nobody listens on at this moment. */
  static int find() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to find a free port", e);
    }
  }
}
