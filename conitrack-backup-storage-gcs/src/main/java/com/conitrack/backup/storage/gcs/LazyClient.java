package com.conitrack.backup.storage.gcs;

import com.google.cloud.storage.Storage;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A client made at its first use, since finding credentials is I/O. */
final class LazyClient {
  /** Makes a client. */
  @FunctionalInterface
  interface Maker {
    Storage make() throws IOException;
  }

  private final Maker maker;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Storage made;

  LazyClient(Maker maker) {
    this.maker = maker;
  }

  /**
   * The client; where it cannot be made, the next call tries again.
   *
   * @throws IOException if there are no credentials to be had
   */
  Storage get() throws IOException {
    lock.lock();
    try {
      Storage client = made;
      if (client == null) {
        client = maker.make();
        made = client;
      }
      return client;
    } finally {
      lock.unlock();
    }
  }
}
