package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.StatusReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the backups stand, for those who ask often. What was read of the storages is kept and judged
 * anew each time, so that ages are right to the second; once it is older than it may be, it is read
 * again in the background, one reading at a time. Nobody who asks waits for a storage, but for the
 * first reading, and for that no longer than the patience. After a backup it is read again at once.
 *
 * <p>Safe for use by many threads. Has nothing to close: its thread ends with its reading.
 */
public final class StatusCache implements BackupListener {
  private static final Logger LOG = LoggerFactory.getLogger(StatusCache.class);

  private final Supplier<ConitrackBackup> backups;
  private final Duration refresh;
  private final Duration patience;
  private final Clock clock;
  private final Executor executor;
  private @Nullable StatusReading reading;
  private @Nullable String failure;
  private @Nullable CompletableFuture<StatusReading> running;
  private boolean stale = true;

  /**
   * Reads nothing before it is asked.
   *
   * @param backups whose status; asked for when first needed
   * @param refresh how old a reading may become before the next one is begun
   * @param patience how long who asks waits while there is no reading at all
   * @param clock the time
   */
  public StatusCache(
      Supplier<ConitrackBackup> backups, Duration refresh, Duration patience, Clock clock) {
    this.backups = backups;
    this.refresh = refresh;
    this.patience = patience;
    this.clock = clock;
    this.executor = StatusCache::onThreadOfItsOwn;
  }

  private static void onThreadOfItsOwn(Runnable work) {
    Thread thread = new Thread(work, "conitrack-backup-status");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * How they stand now, by the newest reading; empty as long as there is none. {@link
   * BackupStatus#readAt()} tells how old the reading is.
   */
  public Optional<BackupStatus> status() {
    Instant now = clock.instant();
    return reading().map(read -> BackupStatus.of(backups.get().policy(), read, now));
  }

  /** The newest reading; empty as long as there is none. */
  public Optional<StatusReading> reading() {
    CompletableFuture<StatusReading> first;
    synchronized (this) {
      first = refreshIfDue();
      if (reading != null || first == null) {
        return Optional.ofNullable(reading);
      }
    }
    return await(first);
  }

  /** Why the last reading did not succeed; empty if it did, or is not at its end yet. */
  public synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether the newest reading is so old that storages must be keeping the next one waiting. */
  public boolean overdue(BackupStatus status) {
    Duration late = refresh.multipliedBy(2).plus(Duration.ofMinutes(5));
    return Duration.between(status.readAt(), status.at()).compareTo(late) > 0;
  }

  @Override
  public void on(BackupEvent event) {
    if (event instanceof BackupEvent.Finished) {
      synchronized (this) {
        stale = true;
        if (reading != null) {
          refreshIfDue();
        }
      }
    }
  }

  private synchronized @Nullable CompletableFuture<StatusReading> refreshIfDue() {
    if (running == null && due()) {
      stale = false;
      CompletableFuture<StatusReading> begun = new CompletableFuture<>();
      running = begun;
      executor.execute(() -> read(begun));
    }
    return running;
  }

  private boolean due() {
    StatusReading last = reading;
    return stale
        || last == null
        || Duration.between(last.at(), clock.instant()).compareTo(refresh) >= 0;
  }

  private void read(CompletableFuture<StatusReading> begun) {
    try {
      StatusReading read = backups.get().readStatus();
      ended(read, null);
      begun.complete(read);
    } catch (RuntimeException | Error e) {
      LOG.warn("how the backups stand could not be read: {}", e.toString());
      ended(null, e.toString());
      begun.completeExceptionally(e);
    }
  }

  private synchronized void ended(@Nullable StatusReading read, @Nullable String why) {
    running = null;
    failure = why;
    if (read != null) {
      reading = read;
    }
  }

  private Optional<StatusReading> await(CompletableFuture<StatusReading> first) {
    try {
      return Optional.of(first.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (TimeoutException | ExecutionException | CompletionException e) {
      return Optional.empty();
    }
  }
}
