package com.conitrack.backup.core.check;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts a storage to the test, with real objects below {@code check/}, which it removes again, also
 * after failures. What a lock keeps from being removed is told, and removed by a later test.
 */
public final class StorageQualifier {
  /** Large enough for any adapter to send it in several parts. */
  public static final long USUAL_SIZE = (20L << 20) + 1;

  private final BackupStorage storage;
  private final Clock clock;
  private final Immutability immutability;
  private final LargeObjectTrials large;

  /**
   * Does no I/O.
   *
   * @param storage the storage
   * @param clock the time here, which the storage's is compared with
   * @param immutability what the policy asks of storages
   * @param largeBytes size of the large object; at least 1
   */
  public StorageQualifier(
      BackupStorage storage, Clock clock, Immutability immutability, long largeBytes) {
    if (largeBytes < 1) {
      throw new IllegalArgumentException("a size is at least 1 byte, not " + largeBytes);
    }
    this.storage = storage;
    this.clock = clock;
    this.immutability = immutability;
    this.large = new LargeObjectTrials(largeBytes, clock.instant().toEpochMilli());
  }

  /** Carries every test out; what fails is told, not thrown. */
  public StorageQualification qualify() {
    Instant startedAt = clock.instant();
    long started = System.nanoTime();
    Bench bench = new Bench(storage, clock);
    List<String> removed = removeOlder(bench);
    List<PropertyFinding> findings = new ArrayList<>();
    List<String> left;
    try {
      for (Trial trial : trials()) {
        findings.add(trial.on(bench));
      }
    } finally {
      left = bench.clear();
    }
    findings.sort(Comparator.comparing(PropertyFinding::property));
    return new StorageQualification(
        storage.info().name(),
        storage.info().location(),
        startedAt,
        Duration.ofNanos(System.nanoTime() - started),
        findings,
        removed,
        left);
  }

  private List<Trial> trials() {
    List<Trial> trials = new ArrayList<>(SmallObjectTrials.quick());
    trials.add(new Trial(StorageProperty.INVISIBLE_UNTIL_COMMIT, SmallObjectTrials::invisible));
    trials.add(new Trial(StorageProperty.ATOMIC_CREATE, RaceTrial::carryOut));
    trials.addAll(large.all());
    trials.add(new Trial(StorageProperty.ATTRIBUTES, this::attributes));
    trials.add(new Trial(StorageProperty.LOCK, new LockTrial(immutability)::carryOut));
    trials.add(new Trial(StorageProperty.CLOCK, ClockTrial::carryOut));
    trials.add(new Trial(StorageProperty.SPEED, large::speed));
    return trials;
  }

  private Verdict attributes(Bench bench) {
    return storage.info().capabilities().contains(Capability.ATTRIBUTES)
        ? SmallObjectTrials.attributes(bench)
        : Verdict.absent("not claimed", null);
  }

  /** A storage that cannot even be listed is told of by the tests. */
  private static List<String> removeOlder(Bench bench) {
    try {
      return bench.removeOlder();
    } catch (StorageException e) {
      return List.of();
    }
  }
}
