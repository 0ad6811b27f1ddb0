package com.conitrack.backup.testsupport.net;

import static com.conitrack.backup.testsupport.net.NetworkFault.Direction.TO_CLIENT;
import static com.conitrack.backup.testsupport.net.NetworkFault.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private ServerSocket echo;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Link.daemon("echo", this::serve);
    proxy = FaultProxy.to((InetSocketAddress) echo.getLocalSocketAddress());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void passesBytesBothWaysAndTheEndOfStream() throws IOException {
    try (Socket socket = connect()) {
      byte[] sent = bytes(100_000);
      assertThat(echoOf(socket, sent)).isEqualTo(sent);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(proxy.faultsDone()).isZero();
  }

  @Test
  void closesAfterTheExactByte() throws IOException {
    proxy.inject(NetworkFault.closeAfter(TO_CLIENT, 12_345));
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes(20_000));
      assertThat(socket.getInputStream().readAllBytes()).hasSize(12_345);
    }
    assertThat(proxy.faultsDone()).isEqualTo(1);
    try (Socket next = connect()) {
      assertThat(echoOf(next, bytes(20_000))).as("a fault befalls one").isEqualTo(bytes(20_000));
    }
  }

  @Test
  void countsFromTheMomentTheFaultIsAskedFor() throws IOException {
    try (Socket socket = connect()) {
      echoOf(socket, bytes(10_000));
      proxy.inject(NetworkFault.closeAfter(TO_CLIENT, 5_000));
      socket.getOutputStream().write(bytes(10_000));
      assertThat(socket.getInputStream().readAllBytes()).hasSize(5_000);
    }
  }

  @Test
  void resets() throws IOException {
    proxy.inject(NetworkFault.resetAfter(TO_SERVER, 100));
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes(200));
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void stallsUntilCalm() throws IOException {
    proxy.inject(NetworkFault.stallAfter(TO_SERVER, 100));
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes(200));
      assertThat(socket.getInputStream().readNBytes(100)).hasSize(100);
      await().atMost(Duration.ofMinutes(1)).until(() -> proxy.stalled() == 1);
      socket.setSoTimeout(50);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(20_000);
      proxy.calm();
      assertThat(socket.getInputStream().readNBytes(100)).hasSize(100);
    }
  }

  @Test
  void refusesAndTakesConnectionsAgain() throws IOException {
    try (Socket standing = connect()) {
      echoOf(standing, bytes(10));
      proxy.refuse();
      assertThatThrownBy(() -> standing.getInputStream().read())
          .isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(() -> tryEcho(10)).isInstanceOf(IOException.class);
    proxy.calm();
    assertThat(tryEcho(10)).isTrue();
  }

  @Test
  void cutsAtRandomUntilCalm() throws IOException {
    proxy.cutAtRandom(1, 2_000);
    int whole = 0;
    for (int i = 0; i < 20; i++) {
      try {
        whole += tryEcho(2_000) ? 1 : 0;
      } catch (SocketException e) {
        // A reset: as asked for.
        continue;
      }
    }
    assertThat(whole).isBetween(1, 15);
    assertThat(proxy.faultsDone()).isGreaterThanOrEqualTo(20 - whole);
    proxy.calm();
    assertThat(tryEcho(100_000)).isTrue();
  }

  private void serve() {
    while (!echo.isClosed()) {
      try {
        Socket socket = echo.accept();
        Link.daemon("echo-one", () -> copy(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void copy(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      // The proxy cut it: what the test is about.
      return;
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private boolean tryEcho(int length) throws IOException {
    try (Socket socket = connect()) {
      byte[] back = echoOf(socket, bytes(length));
      if (back.length == 0) {
        throw new SocketException("refused");
      }
      return back.length == length;
    }
  }

  private static byte[] echoOf(Socket socket, byte[] bytes) throws IOException {
    for (int offset = 0; offset < bytes.length; offset += 1_000) {
      socket.getOutputStream().write(bytes, offset, Math.min(1_000, bytes.length - offset));
    }
    return socket.getInputStream().readNBytes(bytes.length);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
