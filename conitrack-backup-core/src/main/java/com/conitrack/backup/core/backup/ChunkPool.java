package com.conitrack.backup.core.backup;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A fixed number of chunks: what bounds the memory between coding and storing. */
final class ChunkPool {
  private final BlockingQueue<Chunk> idle;

  ChunkPool(int chunks) {
    idle = new ArrayBlockingQueue<>(chunks);
    for (int i = 0; i < chunks; i++) {
      idle.add(new Chunk(this));
    }
  }

  /** An empty chunk, or null if none came back within {@code patience}. */
  @Nullable Chunk take(Duration patience) throws InterruptedException {
    return idle.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  void giveBack(Chunk chunk) {
    idle.add(chunk);
  }
}
