package com.conitrack.backup.core.backup;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bytes on their way to several writers; goes back to its pool when the last one is done with it.
 */
final class Chunk {
  static final int CAPACITY = 256 * 1024;

  final byte[] bytes = new byte[CAPACITY];
  int length;
  private final ChunkPool pool;
  private final AtomicInteger users = new AtomicInteger();

  Chunk(ChunkPool pool) {
    this.pool = pool;
  }

  /** Says how many will call {@link #release()}. */
  void sharedBy(int count) {
    users.set(count);
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      length = 0;
      pool.giveBack(this);
    }
  }
}
