package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.LogContext;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes one copy into one storage on a thread of its own, so that a slow or failing storage is no
 * other's business. The upload is opened, written, committed and closed on that thread only.
 */
final class CopyWriter {
  private enum Signal {
    COMMIT,
    ABORT
  }

  private final BackupStorage storage;
  private final String key;
  private final ObjectAttributes attributes;
  private final BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Signal> signal = new CompletableFuture<>();
  private final CompletableFuture<Void> everythingWritten = new CompletableFuture<>();
  private final CompletableFuture<StoredObject> committed = new CompletableFuture<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Chunk endOfDump;
  private final Thread thread;
  private volatile long bytesQueued;
  private volatile long bytesWritten;

  CopyWriter(BackupStorage storage, String key, ObjectAttributes attributes, Chunk endOfDump) {
    this.storage = storage;
    this.key = key;
    this.attributes = attributes;
    this.endOfDump = endOfDump;
    this.thread =
        new Thread(LogContext.carried(this::run), "conitrack-copy-" + storage.info().name());
    thread.setDaemon(true);
    thread.start();
  }

  String storageName() {
    return storage.info().name();
  }

  BackupStorage storage() {
    return storage;
  }

  boolean failed() {
    return failure.get() != null;
  }

  @Nullable RuntimeException failure() {
    return failure.get();
  }

  long bytesWritten() {
    return bytesWritten;
  }

  /** Whether it has been given bytes that it has not written yet. */
  boolean isBehind() {
    return bytesQueued != bytesWritten;
  }

  /** Takes a share in a chunk; a writer that has failed lets go of it at once. */
  void enqueue(Chunk chunk) {
    bytesQueued = bytesQueued + chunk.length;
    queue.add(chunk);
    if (failed()) {
      letGoOfQueued();
    }
  }

  /** Says that all chunks have been queued. */
  void finishWriting() {
    queue.add(endOfDump);
  }

  /** Completes when all chunks are written, or the writer has failed. */
  CompletableFuture<Void> finishedWriting() {
    return everythingWritten;
  }

  /** Makes the copy visible; completes when it is, or exceptionally. */
  CompletableFuture<StoredObject> commit() {
    signal.complete(Signal.COMMIT);
    return committed;
  }

  /** Drops the copy, unless it is committed already. Does not wait for a storage that hangs. */
  void abort() {
    signal.complete(Signal.ABORT);
    giveUp(
        new StorageException(
            ErrorKind.CANCELLED,
            "unable to put '" + key + "' to storage '" + storageName() + "'",
            "the backup was given up",
            null));
  }

  /** Declares the writer failed from outside, for instance because it does not move. */
  void giveUp(RuntimeException reason) {
    failure.compareAndSet(null, reason);
    everythingWritten.complete(null);
    letGoOfQueued();
    if (!committed.isDone()) {
      thread.interrupt();
    }
  }

  /** Waits a moment for the thread to end, so that an aborted upload is gone when it returns. */
  void awaitEnd(Duration patience) throws InterruptedException {
    thread.join(Math.max(1, patience.toMillis()));
  }

  private void run() {
    try (Upload upload = storage.begin(key, attributes)) {
      writeAll(upload);
      everythingWritten.complete(null);
      if (!failed() && signal.join() == Signal.COMMIT && !failed()) {
        committed.complete(upload.commit());
      }
    } catch (InterruptedException e) {
      fail(new IllegalStateException("interrupted", e));
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      everythingWritten.complete(null);
      RuntimeException reason = failure.get();
      committed.completeExceptionally(
          reason != null ? reason : new IllegalStateException("aborted"));
    }
  }

  private void writeAll(Upload upload) throws InterruptedException {
    for (Chunk chunk = queue.take(); chunk != endOfDump; chunk = queue.take()) {
      try {
        if (failed()) {
          return;
        }
        upload.write(chunk.bytes, 0, chunk.length);
        bytesWritten = bytesWritten + chunk.length;
      } finally {
        chunk.release();
      }
    }
  }

  private void fail(RuntimeException reason) {
    failure.compareAndSet(null, reason);
    everythingWritten.complete(null);
    letGoOfQueued();
  }

  private void letGoOfQueued() {
    for (Chunk chunk = queue.poll(); chunk != null; chunk = queue.poll()) {
      if (chunk != endOfDump) {
        chunk.release();
      }
    }
  }
}
