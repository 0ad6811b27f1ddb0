package com.conitrack.backup.testsupport.gcs;

import com.conitrack.backup.testsupport.gcs.GcsFault.Corrupt;
import com.conitrack.backup.testsupport.gcs.GcsFault.CutBody;
import com.conitrack.backup.testsupport.gcs.GcsFault.Drop;
import com.conitrack.backup.testsupport.gcs.GcsFault.LoseAnswer;
import com.conitrack.backup.testsupport.gcs.GcsFault.Refuse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud Storage for tests: the part of its <a
 * href="https://cloud.google.com/storage/docs/json_api/v1">JSON API</a> that a storage needs, in
 * memory, on a free port of the loopback interface. It refuses what Google refuses.
 *
 * <pre>{@code
 * try (GcsServer server = GcsServer.start()) {
 *   server.bucket("backups").versioned();
 *   server.next(GcsCall.PART, GcsFault.status(503));
 *   // ... the client talks to server.uri() ...
 * }
 * }</pre>
 *
 * <p>Not there: lists by folder or of versions, changing metadata, access lists, buckets made
 * through the API. May be used from many threads.
 */
public final class GcsServer implements AutoCloseable {
  static {
    // Otherwise each answer waits for the delayed acknowledgement of its header.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final int SLICE = 64 * 1024;

  private final HttpServer http;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "gcs-server");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, GcsBucket> buckets = new ConcurrentHashMap<>();
  private final Map<GcsCall, Queue<GcsFault>> faults = new ConcurrentHashMap<>();
  private final Map<GcsCall, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Map<GcsCall, GcsFault> always = new ConcurrentHashMap<>();
  private final Set<String> payers = ConcurrentHashMap.newKeySet();
  private final Uploads uploads = new Uploads();
  private final Tokens tokens = new Tokens();
  private final Access access = new Access(tokens);

  private GcsServer(HttpServer http) {
    this.http = http;
  }

  /** A server without buckets that asks for no credentials. */
  public static GcsServer start() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      GcsServer server = new GcsServer(http);
      http.setExecutor(server.threads);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("unable to listen on the loopback interface", e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /** What a client takes for its endpoint. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + address().getPort());
  }

  /** The bucket of that name, made if it is not there. */
  public GcsBucket bucket(String name) {
    return buckets.computeIfAbsent(name, GcsBucket::new);
  }

  /** A service account; from now on every request needs a token. */
  public GcsAccount account(String email) {
    access.requireTokens();
    return tokens.add(email, uri().resolve("/token"));
  }

  /** The account is gone; tokens given to it stay valid, as Google's do for a while. */
  public void removeAccount(String email) {
    tokens.remove(email);
  }

  /** Every token given so far, to be looked for where none must be. */
  public Set<String> tokens() {
    return tokens.given();
  }

  /** The projects that requests named as those to be charged. */
  public Set<String> payers() {
    return Set.copyOf(payers);
  }

  /** Lets the server's clock go before everyone else's. */
  public void goAhead(Duration by) {
    tokens.goAhead(by);
  }

  /** Takes a permission, such as {@code storage.objects.delete}, from everyone. */
  public void deny(String permission) {
    access.deny(permission);
  }

  /** The next request of that kind meets this; faults of one kind are met in order. */
  public void next(GcsCall call, GcsFault fault) {
    faults.computeIfAbsent(call, c -> new ConcurrentLinkedQueue<>()).add(fault);
  }

  /** Every request of that kind from now on meets this. */
  public void always(GcsCall call, GcsFault fault) {
    always.put(call, fault);
  }

  /** How many requests of that kind came so far, refused ones included. */
  public int calls(GcsCall call) {
    return calls.computeIfAbsent(call, c -> new AtomicInteger()).get();
  }

  /** How many resumable uploads are neither finished nor cancelled. */
  public int openSessions() {
    return uploads.open();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = new Call(exchange);
      GcsCall kind;
      try {
        kind = kindOf(call);
      } catch (Refusal e) {
        send(exchange, Reply.json(e.code(), e.body()), null);
        return;
      }
      calls.computeIfAbsent(kind, c -> new AtomicInteger()).incrementAndGet();
      GcsFault fault = faultFor(kind);
      if (fault instanceof Drop) {
        return;
      }
      Reply reply = reply(kind, call, fault);
      if (!(fault instanceof LoseAnswer)) {
        send(exchange, reply, fault instanceof CutBody cut ? cut.bytes() : null);
      }
    }
  }

  private @Nullable GcsFault faultFor(GcsCall kind) {
    Queue<GcsFault> planned = faults.get(kind);
    GcsFault next = planned == null ? null : planned.poll();
    return next == null ? always.get(kind) : next;
  }

  private Reply reply(GcsCall kind, Call call, @Nullable GcsFault fault) throws IOException {
    try {
      if (fault instanceof Refuse refuse) {
        call.body().readAllBytes();
        throw new Refusal(refuse.code(), refuse.reason(), refuse.message());
      }
      return answer(kind, call, fault instanceof Corrupt);
    } catch (Refusal e) {
      return Reply.json(e.code(), e.body());
    }
  }

  /** Which request it is; refuses what is none. */
  private static GcsCall kindOf(Call call) {
    String path = String.join("/", call.path());
    String verb = call.method();
    if (path.equals("token") && verb.equals("POST")) {
      return GcsCall.TOKEN;
    }
    if (path.matches("upload/storage/v1/b/[^/]+/o")) {
      return uploadKind(verb, call);
    }
    if (path.matches("storage/v1/b/[^/]+") && verb.equals("GET")) {
      return GcsCall.BUCKET;
    }
    if (path.matches("storage/v1/b/[^/]+/o") && verb.equals("GET")) {
      return GcsCall.LIST;
    }
    if (path.matches("(download/)?storage/v1/b/[^/]+/o/.+") && verb.equals("GET")) {
      return call.has("alt", "media") ? GcsCall.MEDIA : GcsCall.GET;
    }
    if (path.matches("storage/v1/b/[^/]+/o/.+") && verb.equals("DELETE")) {
      return GcsCall.DELETE;
    }
    throw new Refusal(404, "notFound", "Not Found");
  }

  private static GcsCall uploadKind(String verb, Call call) {
    if (call.parameter("upload_id") != null) {
      return switch (verb) {
        case "PUT" -> ContentRange.parse(call.header("Content-Range")).call();
        case "DELETE" -> GcsCall.CANCEL;
        default -> throw new Refusal(405, "methodNotAllowed", "Method Not Allowed");
      };
    }
    if (verb.equals("POST") && call.has("uploadType", "multipart")) {
      return GcsCall.INSERT;
    }
    if (verb.equals("POST") && call.has("uploadType", "resumable")) {
      return GcsCall.START;
    }
    throw new Refusal(400, "wrongUrlForUpload", "Upload requests must name their uploadType.");
  }

  private Reply answer(GcsCall kind, Call call, boolean corrupt) throws IOException {
    return switch (kind) {
      case TOKEN -> tokens.give(call);
      // Whoever has a session's address needs no token.
      case PART, FINISH, STATUS -> uploads.put(call, corrupt);
      case CANCEL -> uploads.cancel(call);
      case BUCKET -> {
        access.require("storage.buckets.get", call);
        throw new Refusal(501, "notImplemented", "This test server tells nothing of buckets.");
      }
      case LIST -> {
        access.require("storage.objects.list", call);
        yield Listing.of(bucketOf(call), call);
      }
      case INSERT -> {
        access.require("storage.objects.create", call);
        yield uploads.insert(bucketOf(call), call, corrupt);
      }
      case START -> {
        access.require("storage.objects.create", call);
        yield uploads.start(bucketOf(call), call);
      }
      case GET -> {
        GcsObject object = object(call, "storage.objects.get");
        yield Reply.json(200, Fields.select(object.resource(), call.parameter("fields")));
      }
      case MEDIA -> Downloads.of(object(call, "storage.objects.get"), call);
      case DELETE -> {
        access.require("storage.objects.delete", call);
        GcsBucket bucket = bucketOf(call);
        bucket.delete(objectName(call), call.number("generation"));
        yield Reply.empty(204);
      }
    };
  }

  /** That an object is absent is told only to who may list. */
  private GcsObject object(Call call, String permission) {
    access.require(permission, call);
    GcsBucket bucket = bucketOf(call);
    String name = objectName(call);
    if (!bucket.has(name)) {
      access.require("storage.objects.list", call);
    }
    GcsObject object = bucket.require(name, call.number("generation"));
    Conditions conditions = Conditions.of(call);
    conditions.check(Optional.of(object.generation()));
    return object;
  }

  private GcsBucket bucketOf(Call call) {
    int at = call.path().indexOf("b") + 1;
    GcsBucket bucket = buckets.get(call.path().get(at));
    if (bucket == null) {
      throw Refusal.noSuchBucket();
    }
    String payer =
        Objects.requireNonNullElse(
            call.parameter("userProject"),
            Objects.toString(call.header("X-Goog-User-Project"), ""));
    if (!payer.isEmpty()) {
      payers.add(payer);
    }
    bucket.requirePayer(!payer.isEmpty());
    return bucket;
  }

  private static String objectName(Call call) {
    return call.path().get(call.path().size() - 1);
  }

  /**
   * @param cutAfter after how many bytes of the body the connection ends, null for never
   */
  private static void send(HttpExchange exchange, Reply reply, @Nullable Integer cutAfter)
      throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body();
    exchange.sendResponseHeaders(reply.code(), body.length == 0 ? -1 : body.length);
    if (body.length == 0) {
      return;
    }
    OutputStream out = exchange.getResponseBody();
    int end = cutAfter == null ? body.length : Math.min(cutAfter, body.length);
    // In slices: the server's stream copies what one write is given.
    for (int at = 0; at < end; at += SLICE) {
      out.write(body, at, Math.min(SLICE, end - at));
    }
    out.flush();
    if (end == body.length) {
      out.close();
    }
  }
}
