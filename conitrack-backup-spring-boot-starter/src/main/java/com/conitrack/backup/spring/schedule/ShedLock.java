package com.conitrack.backup.spring.schedule;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.port.RunLock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.jspecify.annotations.Nullable;

/**
 * A ShedLock as the lock of a database. ShedLock gives leases by the clock and keeps nothing about
 * who holds one, so who is refused is not told the holder.
 */
final class ShedLock implements RunLock {
  /** ShedLock's table for JDBC keeps names of this length. */
  private static final int LONGEST_NAME = 64;

  private static final String WHAT = "unable to take the ShedLock '";

  private final BoundedProvider provider;
  private final Supplier<String> name;
  private final Timing timing;
  private final Clock clock;
  private volatile @Nullable String knownName;

  /**
   * @param lease for how long the lock outlives a holder that shows no sign of life
   * @param heartbeat how often it is extended, several times within the lease
   * @param pause how often to ask for one that another holds
   */
  record Timing(Duration lease, Duration heartbeat, Duration pause) {
    static final Timing USUAL =
        new Timing(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMillis(500));
  }

  ShedLock(LockProvider provider, Supplier<String> name, Timing timing, Clock clock) {
    this.provider = new BoundedProvider(provider, clock);
    this.name = name;
    this.timing = timing;
    this.clock = clock;
  }

  /** The lock's name for a database; one that would be too long ends in a digest of itself. */
  static String nameFor(String database) {
    String whole = "conitrack-backup " + database;
    if (whole.length() <= LONGEST_NAME) {
      return whole;
    }
    byte[] digest = Sha256.newDigest().digest(whole.getBytes(StandardCharsets.UTF_8));
    String end = "-" + HexFormat.of().formatHex(digest, 0, 8);
    return whole.substring(0, LONGEST_NAME - end.length()) + end;
  }

  @Override
  public Held acquire(String holder, Duration wait) {
    String lockName = name();
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      Held held = tryOnce(lockName);
      if (held != null) {
        return held;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new BackupException(
            ErrorKind.LOCKED,
            WHAT + lockName + "'",
            "another runner holds it",
            "wait until that has ended, or give a longer time to wait; after a crash it is free"
                + " within a minute");
      }
      pause(lockName, Math.min(left, timing.pause().toNanos()));
    }
  }

  private String name() {
    String known = knownName;
    if (known == null) {
      known = name.get();
      knownName = known;
    }
    return known;
  }

  private @Nullable Held tryOnce(String lockName) {
    Lease lease = Lease.from(clock, timing.lease());
    try {
      LockConfiguration wanted =
          new LockConfiguration(clock.instant(), lockName, timing.lease(), Duration.ZERO);
      return provider.lock(wanted, lease).map(lock -> hold(lockName, lock, lease)).orElse(null);
    } catch (BackupException e) {
      throw e;
    } catch (InterruptedException e) {
      throw interrupted(lockName, e);
    } catch (TimeoutException e) {
      throw silent(lockName, e);
    } catch (ExecutionException e) {
      throw failed(lockName, e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException e) {
      throw failed(lockName, e);
    }
  }

  private ShedLockHeld hold(String lockName, SimpleLock lock, Lease lease) {
    ShedLockHeld held = new ShedLockHeld(lockName, lock, lease, timing, clock);
    held.begin();
    return held;
  }

  private static BackupException failed(String lockName, Throwable why) {
    return new BackupException(
        ErrorKind.CONNECTION,
        WHAT + lockName + "'",
        "the application's LockProvider failed: " + why,
        "see that its storage is there (for JDBC, the table), or set"
            + " conitrack.backup.schedule.lock=database",
        why);
  }

  private static BackupException silent(String lockName, TimeoutException why) {
    return new BackupException(
        ErrorKind.CONNECTION,
        WHAT + lockName + "'",
        "the application's LockProvider hangs: " + why.getMessage(),
        "see that its storage answers; over JDBC another holder may stand still within a"
            + " transaction, which idle_in_transaction_session_timeout would end",
        why);
  }

  private static BackupException interrupted(String lockName, InterruptedException why) {
    Thread.currentThread().interrupt();
    return new BackupException(
        ErrorKind.CANCELLED,
        WHAT + lockName + "'",
        "the thread was interrupted while waiting for it",
        null,
        why);
  }

  private static void pause(String lockName, long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw interrupted(lockName, e);
    }
  }
}
