package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The end of the pass: digests what is stored and hands it to the writers of all copies. A writer
 * that fails, or that does not move for {@code stallLimit} while others wait for it, is left
 * behind; only when none is left does writing fail.
 */
final class FanOut extends OutputStream {
  private static final Duration PATIENCE_AT_ABORT = Duration.ofSeconds(20);

  private final List<CopyWriter> writers;
  private final ChunkPool pool;
  private final Duration stallLimit;
  private final MessageDigest digest = Sha256.newDigest();
  private volatile long bytes;
  private Chunk filling;
  private boolean ended;

  FanOut(List<CopyWriter> writers, ChunkPool pool, Duration stallLimit) throws IOException {
    this.writers = List.copyOf(writers);
    this.pool = pool;
    this.stallLimit = stallLimit;
    this.filling = takeChunk();
  }

  /** Size and digest of all that was written; the stream must be closed. */
  ByteDigest stored() {
    return new ByteDigest(bytes, Sha256.from(digest));
  }

  /** Bytes written so far; may be asked by any thread, and is then roughly right. */
  long bytesSoFar() {
    return bytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    if (ended) {
      throw new IOException("the backup was given up");
    }
    int at = offset;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, Chunk.CAPACITY - filling.length);
      System.arraycopy(from, at, filling.bytes, filling.length, taken);
      filling.length += taken;
      at += taken;
      left -= taken;
      if (filling.length == Chunk.CAPACITY) {
        dispatch();
        filling = takeChunk();
      }
    }
  }

  private void dispatch() {
    digest.update(filling.bytes, 0, filling.length);
    bytes = bytes + filling.length;
    List<CopyWriter> working = working();
    filling.sharedBy(working.size());
    for (CopyWriter writer : working) {
      writer.enqueue(filling);
    }
  }

  private List<CopyWriter> working() {
    List<CopyWriter> working = writers.stream().filter(writer -> !writer.failed()).toList();
    if (working.isEmpty()) {
      RuntimeException first = writers.get(0).failure();
      throw first != null ? first : new IllegalStateException("no storage is left");
    }
    return working;
  }

  private Chunk takeChunk() throws IOException {
    try {
      while (true) {
        Map<CopyWriter, Long> before = progress();
        Chunk chunk = pool.take(stallLimit);
        if (chunk != null) {
          return chunk;
        }
        leaveBehindThoseAt(before);
        working();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while storing");
    }
  }

  private Map<CopyWriter, Long> progress() {
    Map<CopyWriter, Long> progress = new HashMap<>();
    writers.forEach(writer -> progress.put(writer, writer.bytesWritten()));
    return progress;
  }

  private void leaveBehindThoseAt(Map<CopyWriter, Long> before) {
    before.forEach(
        (writer, bytesThen) -> {
          if (!writer.failed() && writer.isBehind() && writer.bytesWritten() == bytesThen) {
            writer.giveUp(stalled(writer));
          }
        });
  }

  private StorageException stalled(CopyWriter writer) {
    return new StorageException(
        ErrorKind.TIMEOUT,
        "unable to write to storage '" + writer.storageName() + "'",
        "it took no bytes for " + stallLimit.toSeconds() + " s",
        "look at the storage or its network; once it works, the missing copy can be made up");
  }

  /** Hands over the rest and waits until every copy is written, or has failed. */
  @Override
  public void close() throws IOException {
    if (ended) {
      return;
    }
    ended = true;
    dispatch();
    for (CopyWriter writer : writers) {
      writer.finishWriting();
    }
    try {
      for (CopyWriter writer : writers) {
        awaitWritten(writer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while storing");
    }
    working();
  }

  private void awaitWritten(CopyWriter writer) throws InterruptedException {
    while (true) {
      long before = writer.bytesWritten();
      try {
        writer.finishedWriting().get(stallLimit.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (writer.bytesWritten() == before) {
          writer.giveUp(stalled(writer));
          return;
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Drops every copy that is not committed, and waits a moment until that is done. */
  void abort() {
    ended = true;
    writers.forEach(CopyWriter::abort);
    try {
      for (CopyWriter writer : writers) {
        writer.awaitEnd(PATIENCE_AT_ABORT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
