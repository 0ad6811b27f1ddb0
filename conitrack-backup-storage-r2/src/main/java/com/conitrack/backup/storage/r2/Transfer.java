package com.conitrack.backup.storage.r2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Sends parts, several at once, out of a fixed number of buffers, one more than are sent at once
 * (the one being filled): who needs one and finds none waits until a part has been sent.
 */
final class Transfer {
  /** Idle threads end after a minute, and none keeps the program from ending. */
  private static final ExecutorService SENDERS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "conitrack-s3-part");
            thread.setDaemon(true);
            return thread;
          });

  private final PartSender sender;
  private final Failures failures;
  private final String what;
  private final BlockingQueue<PartBuffer> free;
  private final List<Future<CompletedPart>> parts = new ArrayList<>();

  /** Numbers of the parts on their way. */
  private final Set<Integer> sending = new HashSet<>();

  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  /** Sends one part. */
  interface PartSender {
    CompletedPart send(int number, PartBuffer bytes);
  }

  Transfer(PartSender sender, Failures failures, String what, long partBytes, int inFlight) {
    this.sender = sender;
    this.failures = failures;
    this.what = what;
    this.free = new ArrayBlockingQueue<>(inFlight + 1);
    for (int i = 0; i < inFlight; i++) {
      free.add(new PartBuffer(partBytes));
    }
  }

  /** Sends a buffer's bytes as the next part, and returns an empty buffer for it. */
  PartBuffer exchange(PartBuffer full) {
    failIfOneFailed();
    int number = parts.size() + 1;
    parts.add(SENDERS.submit(() -> send(number, full)));
    try {
      return free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted(what, e);
    }
  }

  int partsSent() {
    return parts.size();
  }

  /** Waits until all have been sent. */
  List<CompletedPart> await() {
    List<CompletedPart> sent = new ArrayList<>();
    try {
      for (Future<CompletedPart> part : parts) {
        sent.add(part.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.interrupted(what, e);
    } catch (ExecutionException | CancellationException e) {
      failIfOneFailed();
      throw new IllegalStateException(what, e);
    }
    return sent;
  }

  /** Gives up what is on its way, and returns whether it has all ended within that time. */
  boolean cancel(Duration patience) {
    parts.forEach(part -> part.cancel(true));
    long end = System.nanoTime() + patience.toNanos();
    synchronized (sending) {
      try {
        for (long left = patience.toMillis();
            !sending.isEmpty() && left > 0;
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
          sending.wait(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return sending.isEmpty();
    }
  }

  private CompletedPart send(int number, PartBuffer bytes) {
    note(number, true);
    try {
      return sender.send(number, bytes);
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
      throw e;
    } finally {
      note(number, false);
      bytes.clear();
      free.add(bytes);
    }
  }

  private void note(int number, boolean begins) {
    synchronized (sending) {
      if (begins) {
        sending.add(number);
      } else {
        sending.remove(number);
        sending.notifyAll();
      }
    }
  }

  private void failIfOneFailed() {
    RuntimeException first = failure.get();
    if (first instanceof SdkException known) {
      throw failures.translate(what, Action.PUT, known);
    }
    if (first != null) {
      throw first;
    }
  }
}
