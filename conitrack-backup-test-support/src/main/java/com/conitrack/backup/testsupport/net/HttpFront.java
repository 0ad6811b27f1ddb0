package com.conitrack.backup.testsupport.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Stands before an HTTP server, sees each request, and passes it on, answers it in the server's
 * place, or keeps the server's answer back. Listens on a free port of the loopback interface; plain
 * HTTP/1.1, one request to a connection. May be used from many threads.
 *
 * <pre>{@code
 * try (HttpFront front = HttpFront.before(server.address())) {
 *   front.react(request -> request.is("PUT") ? Reaction.answer(503, "SlowDown") : Reaction.pass());
 *   // ... the client talks to front.address() ...
 * }
 * }</pre>
 */
public final class HttpFront implements AutoCloseable {
  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final Queue<HttpRequestHead> seen = new ConcurrentLinkedQueue<>();
  private volatile Function<HttpRequestHead, Reaction> reactions = request -> Reaction.pass();

  private HttpFront(InetSocketAddress server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  /** A front that passes everything. */
  public static HttpFront before(InetSocketAddress server) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      HttpFront front = new HttpFront(server, listener);
      Link.daemon("http-front-" + listener.getLocalPort(), front::acceptAll);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException("unable to listen on the loopback interface", e);
    }
  }

  /** Where clients connect to. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** Decides from now on what becomes of each request; called on many threads. */
  public void react(Function<HttpRequestHead, Reaction> decide) {
    reactions = decide;
  }

  /** The requests so far, in the order of their arrival. */
  public Queue<HttpRequestHead> seen() {
    return seen;
  }

  /** Stops listening. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to stop listening", e);
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Link.daemon("http-front-request", () -> serve(client));
      } catch (IOException e) {
        // The listener was closed, or one connection could not be made: its client sees that.
        continue;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] head = readHead(client.getInputStream());
      if (head.length > 0) {
        HttpRequestHead request = HttpRequestHead.parse(head);
        seen.add(request);
        react(request, head, client);
      }
    } catch (IOException e) {
      // Client or server gave up; the other sees its connection end.
      return;
    }
  }

  private void react(HttpRequestHead request, byte[] head, Socket client) throws IOException {
    Reaction reaction = reactions.apply(request);
    try {
      if (reaction.answer() != null) {
        drain(request, client);
        client.getOutputStream().write(reaction.answer());
        client.getOutputStream().flush();
        return;
      }
      try (Socket upstream = new Socket(server.getAddress(), server.getPort())) {
        relay(head, client, upstream, reaction.keepsAnswer());
      }
      if (reaction.keepsAnswer()) {
        client.setSoLinger(true, 0);
      }
    } finally {
      reaction.after().run();
    }
  }

  private static void relay(byte[] head, Socket client, Socket upstream, boolean keepsAnswer)
      throws IOException {
    upstream.getOutputStream().write(withoutKeepAlive(head));
    Link.daemon("http-front-body", () -> copyQuietly(client, upstream));
    InputStream answer = upstream.getInputStream();
    if (!keepsAnswer) {
      answer.transferTo(client.getOutputStream());
      return;
    }
    if (!HttpRequestHead.parse(head).header("expect").isEmpty()) {
      client.getOutputStream().write(readHead(answer));
    }
    answer.transferTo(OutputStream.nullOutputStream());
  }

  private static void copyQuietly(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The exchange is over.
      return;
    }
  }

  /** Takes the body, so that the client gets to read the answer instead of a reset. */
  private static void drain(HttpRequestHead request, Socket client) throws IOException {
    if (!request.header("expect").isEmpty()) {
      return;
    }
    long left = request.contentLength();
    byte[] buffer = new byte[16 * 1024];
    while (left > 0) {
      int count = client.getInputStream().read(buffer, 0, (int) Math.min(buffer.length, left));
      left = count < 0 ? 0 : left - count;
    }
  }

  private static byte[] withoutKeepAlive(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String rest =
        text.replaceAll("(?i)\r\nconnection:[^\r]*", "")
            .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    return rest.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Up to and with the empty line; empty if the client has nothing to say. */
  private static byte[] readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newlines = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      if (next == '\n' && ++newlines == 2) {
        return head.toByteArray();
      }
      if (next != '\n' && next != '\r') {
        newlines = 0;
      }
    }
    return new byte[0];
  }
}
