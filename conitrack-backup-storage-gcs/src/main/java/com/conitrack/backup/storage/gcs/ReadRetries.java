package com.conitrack.backup.storage.gcs;

import com.google.api.gax.retrying.ResultRetryAlgorithm;
import com.google.api.gax.retrying.TimedAttemptSettings;
import com.google.cloud.storage.StorageRetryStrategy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The client's own rules of what is worth a retry, for one download, with an end: where a download
 * breaks off, the client asks for the rest at once and as often as that happens, so a connection
 * that always breaks would be asked for ever.
 */
final class ReadRetries implements StorageRetryStrategy {
  private static final long serialVersionUID = 1L;
  private static final int MOST_WITHOUT_PROGRESS = 20;

  private final AtomicInteger failures = new AtomicInteger();

  /** Bytes arrived: what failed before counts no more. */
  void progressed() {
    failures.set(0);
  }

  @Override
  public ResultRetryAlgorithm<?> getIdempotentHandler() {
    return limited(
        StorageRetryStrategy.getDefaultStorageRetryStrategy().getIdempotentHandler(), failures);
  }

  @Override
  public ResultRetryAlgorithm<?> getNonidempotentHandler() {
    return StorageRetryStrategy.getDefaultStorageRetryStrategy().getNonidempotentHandler();
  }

  private static <T> ResultRetryAlgorithm<T> limited(
      ResultRetryAlgorithm<T> usual, AtomicInteger failures) {
    return new ResultRetryAlgorithm<>() {
      @Override
      public TimedAttemptSettings createNextAttempt(
          Throwable failure, T answer, TimedAttemptSettings settings) {
        return usual.createNextAttempt(failure, answer, settings);
      }

      @Override
      public boolean shouldRetry(@Nullable Throwable failure, T answer) {
        return usual.shouldRetry(failure, answer)
            && failures.incrementAndGet() <= MOST_WITHOUT_PROGRESS;
      }
    };
  }
}
