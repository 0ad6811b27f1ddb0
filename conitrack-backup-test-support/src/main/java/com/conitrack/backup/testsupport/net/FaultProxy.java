package com.conitrack.backup.testsupport.net;

import com.conitrack.backup.testsupport.net.NetworkFault.Direction;
import com.conitrack.backup.testsupport.net.NetworkFault.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on a free port of the loopback interface that cuts or stalls connections on request,
 * and otherwise passes bytes as they are.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(server.address())) {
 *   proxy.inject(NetworkFault.resetAfter(Direction.TO_SERVER, 3_000_000));
 *   // ... the client talks to proxy.address() ...
 *   assertThat(proxy.faultsDone()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>May be used from many threads.
 */
public final class FaultProxy implements AutoCloseable {
  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Faults faults = new Faults();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean refusing;

  private FaultProxy(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  /** A proxy in front of {@code server} that passes everything. */
  public static FaultProxy to(InetSocketAddress server) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(server, listener);
      Link.daemon("fault-proxy-" + listener.getLocalPort(), proxy::acceptAll);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("unable to listen on the loopback interface", e);
    }
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /**
   * Asks for one fault. It befalls the first connection to pass that many bytes from now on, once;
   * several faults asked for wait side by side.
   */
  public void inject(NetworkFault fault) {
    faults.inject(fault);
  }

  /**
   * Cuts every connection made from now on at a random byte, by reset or by an orderly end.
   *
   * @param seed decides where, as far as the order in which connections are made allows
   * @param meanBytes how many bytes a connection passes on average, either way, before it is cut
   */
  public void cutAtRandom(long seed, long meanBytes) {
    faults.cutAtRandom(seed, meanBytes);
  }

  /** From now on every new connection is closed at once, and those that stand are reset. */
  public void refuse() {
    refusing = true;
    links.forEach(link -> link.end(Effect.RESET));
  }

  /** Forgets every fault not yet done, lets what is stalled go on and new connections in. */
  public void calm() {
    refusing = false;
    faults.calm();
  }

  /** How many faults have befallen connections so far, those of {@link #refuse()} left out. */
  public int faultsDone() {
    return faults.done();
  }

  /** How many connections stand stalled now. */
  public int stalled() {
    return faults.stalled();
  }

  /** How many connections clients have made so far. */
  public int connections() {
    return connections.get();
  }

  /** Ends every connection and stops listening. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to stop listening", e);
    } finally {
      calm();
      links.forEach(link -> link.end(Effect.CLOSE));
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        accept(listener.accept());
      } catch (IOException e) {
        // The listener was closed, or one connection could not be made: its client sees that.
        continue;
      }
    }
  }

  private void accept(Socket client) throws IOException {
    connections.incrementAndGet();
    if (refusing) {
      client.close();
      return;
    }
    Link link = new Link(client, connect(client), links::remove);
    links.add(link);
    link.pump(Direction.TO_SERVER, faults.watch(Direction.TO_SERVER));
    link.pump(Direction.TO_CLIENT, faults.watch(Direction.TO_CLIENT));
  }

  private Socket connect(Socket client) throws IOException {
    try {
      return new Socket(server.getAddress(), server.getPort());
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }
}
