package com.conitrack.backup.spring.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;

/**
 * The application's LockProvider, waited for no longer than a lease: what it answers later is worth
 * nothing. Over JDBC it is silent for as long as a holder stands still between a statement and its
 * commit, for the row is locked then. While it is, it is not asked again, as each question may keep
 * a connection of the application's pool.
 *
 * <p>The first question of all is put on the caller's thread and waited for: the provider and what
 * it stands on may be beans yet to be made, which only the thread that starts the application can.
 */
final class BoundedProvider {
  private final LockProvider provider;
  private final Clock clock;
  private final AtomicInteger overdue = new AtomicInteger();
  private volatile boolean known;

  BoundedProvider(LockProvider provider, Clock clock) {
    this.provider = provider;
    this.clock = clock;
  }

  /**
   * @param wanted as of now
   * @param lease what the lock lasts for; one given later than it is not given back
   * @throws TimeoutException if there is none within the lease, or to an earlier question still
   * @throws ExecutionException if the provider failed, with its reason; at the first question that
   *     itself
   * @throws InterruptedException while waiting; a lock that is given later goes back
   */
  Optional<SimpleLock> lock(LockConfiguration wanted, Lease lease)
      throws TimeoutException, ExecutionException, InterruptedException {
    Duration limit = wanted.getLockAtMostFor();
    if (overdue.get() > 0) {
      throw silent(limit);
    }
    if (!known) {
      Optional<SimpleLock> answer = provider.lock(wanted);
      known = true;
      return answer;
    }
    CompletableFuture<Optional<SimpleLock>> answer = ask(wanted);
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      forsake(answer, lease);
      throw silent(limit);
    } catch (InterruptedException e) {
      forsake(answer, lease);
      throw e;
    }
  }

  private CompletableFuture<Optional<SimpleLock>> ask(LockConfiguration wanted) {
    CompletableFuture<Optional<SimpleLock>> answer = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                answer.complete(provider.lock(wanted));
              } catch (Throwable e) {
                answer.completeExceptionally(e);
              }
            },
            "conitrack-backup question for " + wanted.getName());
    asking.setDaemon(true);
    asking.start();
    return answer;
  }

  /** What is given after the lease ends by itself, and may be another's by then. */
  private void forsake(CompletableFuture<Optional<SimpleLock>> answer, Lease lease) {
    overdue.incrementAndGet();
    answer
        .whenComplete((lock, failure) -> overdue.decrementAndGet())
        .thenAccept(
            lock -> {
              if (lease.lasts(clock)) {
                lock.ifPresent(SimpleLock::unlock);
              }
            });
  }

  private static TimeoutException silent(Duration limit) {
    return new TimeoutException("it has not answered within " + limit.toSeconds() + " s");
  }
}
