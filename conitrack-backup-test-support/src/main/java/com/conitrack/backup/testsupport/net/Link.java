package com.conitrack.backup.testsupport.net;

import com.conitrack.backup.testsupport.net.Faults.Verdict;
import com.conitrack.backup.testsupport.net.Faults.Watch;
import com.conitrack.backup.testsupport.net.NetworkFault.Direction;
import com.conitrack.backup.testsupport.net.NetworkFault.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection through the proxy: a socket on either side. */
final class Link {
  private final Socket client;
  private final Socket server;
  private final Consumer<Link> atEnd;
  private final AtomicInteger waysOpen = new AtomicInteger(2);
  private volatile boolean over;

  Link(Socket client, Socket server, Consumer<Link> atEnd) {
    this.client = client;
    this.server = server;
    this.atEnd = atEnd;
  }

  /** Passes the bytes of one way, on a thread of its own, until the connection is over. */
  void pump(Direction direction, Watch watch) {
    boolean up = direction == Direction.TO_SERVER;
    Socket from = up ? client : server;
    Socket to = up ? server : client;
    daemon("fault-proxy-" + direction, () -> pump(from, to, watch));
  }

  /** Ends both sides. */
  void end(Effect effect) {
    over = true;
    atEnd.accept(this);
    close(client, effect);
    close(server, effect);
  }

  static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to, Watch watch) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        pass(buffer, count, out, watch);
      }
      to.shutdownOutput();
      if (waysOpen.decrementAndGet() == 0) {
        end(Effect.CLOSE);
      }
    } catch (IOException e) {
      // A side that fails takes the other with it, as a router that loses a connection would.
      end(Effect.RESET);
    } finally {
      watch.end();
    }
  }

  private void pass(byte[] buffer, int count, OutputStream out, Watch watch) throws IOException {
    int offset = 0;
    while (offset < count) {
      Verdict verdict = watch.pass(count - offset);
      out.write(buffer, offset, verdict.bytes());
      offset += verdict.bytes();
      if (verdict.effect().isPresent()) {
        suffer(verdict.effect().get(), watch);
      }
    }
  }

  private void suffer(Effect effect, Watch watch) throws IOException {
    if (effect == Effect.STALL) {
      watch.stall(() -> over);
      return;
    }
    end(effect);
    throw new IOException("cut on request");
  }

  private static void close(Socket socket, Effect effect) {
    try {
      if (effect == Effect.RESET) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // It was closed by its other side: as wanted.
      return;
    }
  }
}
