package com.conitrack.backup.storage.gcs;

import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
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
  private @Nullable StorageOptions derived;

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

  /**
   * A client like it with other retries. All of these share one token: a client whose credentials
   * have no scope yet would ask for one of its own.
   */
  Storage with(StorageRetryStrategy retries) throws IOException {
    StorageOptions original = get().getOptions();
    StorageOptions options;
    lock.lock();
    try {
      options = derived;
      if (options == null) {
        options = original.toBuilder().setCredentials(original.getScopedCredentials()).build();
        derived = options;
      }
    } finally {
      lock.unlock();
    }
    return options.toBuilder().setStorageRetryStrategy(retries).build().getService();
  }
}
