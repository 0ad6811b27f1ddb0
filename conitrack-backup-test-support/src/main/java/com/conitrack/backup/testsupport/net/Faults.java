package com.conitrack.backup.testsupport.net;

import com.conitrack.backup.testsupport.net.NetworkFault.Direction;
import com.conitrack.backup.testsupport.net.NetworkFault.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The faults that were asked for, and who they befall. */
final class Faults {
  private final List<Armed> armed = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private @Nullable Random random;
  private long meanBytes;
  private int done;
  private int stalled;
  private int calms;

  synchronized void inject(NetworkFault fault) {
    Armed added = new Armed(fault);
    watches.forEach(added::left);
    armed.add(added);
  }

  synchronized void cutAtRandom(long seed, long mean) {
    random = new Random(seed);
    meanBytes = mean;
  }

  synchronized void calm() {
    armed.clear();
    random = null;
    watches.forEach(watch -> watch.ownFault = null);
    calms++;
    notifyAll();
  }

  synchronized int done() {
    return done;
  }

  synchronized int stalled() {
    return stalled;
  }

  /** Waits until calm, or until the connection is over. */
  synchronized void stall(BooleanSupplier over) {
    int seen = calms;
    stalled++;
    try {
      while (calms == seen && !over.getAsBoolean()) {
        wait(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stalled--;
    }
  }

  /** Watches one way of a new connection. */
  synchronized Watch watch(Direction direction) {
    Watch watch = new Watch(direction, randomFault(direction));
    watches.add(watch);
    return watch;
  }

  private @Nullable NetworkFault randomFault(Direction direction) {
    if (random == null) {
      return null;
    }
    Effect effect = random.nextBoolean() ? Effect.RESET : Effect.CLOSE;
    // Each of the two ways is cut at its own byte; whichever comes first ends both.
    return new NetworkFault(direction, (long) (random.nextDouble() * 2 * meanBytes), effect);
  }

  /** One way of one connection, whose bytes are counted. */
  final class Watch {
    private final Direction direction;
    private @Nullable NetworkFault ownFault;
    private long passed;

    private Watch(Direction direction, @Nullable NetworkFault ownFault) {
      this.direction = direction;
      this.ownFault = ownFault;
    }

    /** How many of the next {@code count} bytes may pass, and what happens after them. */
    Verdict pass(int count) {
      synchronized (Faults.this) {
        Verdict verdict = judge(count);
        passed += verdict.bytes();
        if (verdict.effect().isPresent()) {
          done++;
        }
        return verdict;
      }
    }

    /** The connection is over. */
    void end() {
      synchronized (Faults.this) {
        watches.remove(this);
        armed.forEach(each -> each.forget(this));
      }
    }

    void stall(BooleanSupplier over) {
      Faults.this.stall(over);
    }

    private Verdict judge(int count) {
      if (ownFault != null && passed + count > ownFault.afterBytes()) {
        int allowed = (int) (ownFault.afterBytes() - passed);
        Effect effect = ownFault.effect();
        ownFault = null;
        return new Verdict(allowed, Optional.of(effect));
      }
      for (Iterator<Armed> each = armed.iterator(); each.hasNext(); ) {
        Armed candidate = each.next();
        long left = candidate.left(this);
        if (left < count) {
          each.remove();
          return new Verdict((int) left, Optional.of(candidate.fault.effect()));
        }
      }
      return new Verdict(count, Optional.empty());
    }
  }

  /**
   * What becomes of some bytes.
   *
   * @param bytes how many of them pass
   * @param effect what happens then, if anything
   */
  record Verdict(int bytes, Optional<Effect> effect) {}

  /** A fault that has befallen nobody yet. */
  private static final class Armed {
    private final NetworkFault fault;
    private final Map<Watch, Long> starts = new HashMap<>();

    private Armed(NetworkFault fault) {
      this.fault = fault;
    }

    /** How many bytes the way may still pass. */
    private long left(Watch watch) {
      if (watch.direction != fault.direction()) {
        return Long.MAX_VALUE;
      }
      long start = starts.computeIfAbsent(watch, first -> first.passed);
      return start + fault.afterBytes() - watch.passed;
    }

    private void forget(Watch watch) {
      starts.remove(watch);
    }
  }
}
