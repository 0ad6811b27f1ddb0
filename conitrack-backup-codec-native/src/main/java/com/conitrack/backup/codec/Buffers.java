package com.conitrack.backup.codec;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers, used again: the memory of a dropped one is only freed by a garbage collection,
 * which thousands of short streams would have to force.
 */
final class Buffers {
  static final int BYTES = 128 * 1024;

  private static final int MOST_KEPT = 16;
  private static final ArrayBlockingQueue<ByteBuffer> KEPT = new ArrayBlockingQueue<>(MOST_KEPT);

  private Buffers() {}

  /** An empty buffer, ready to be filled. */
  static ByteBuffer take() {
    ByteBuffer kept = KEPT.poll();
    return kept == null ? ByteBuffer.allocateDirect(BYTES) : kept.clear();
  }

  /** Takes back a buffer, which the caller uses no more. */
  static void giveBack(ByteBuffer buffer) {
    KEPT.offer(buffer);
  }
}
