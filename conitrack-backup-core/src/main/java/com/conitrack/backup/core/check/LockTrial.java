package com.conitrack.backup.core.check;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * An object is deleted that must not be. Where objects are locked one by one the lock of this one
 * ends after a minute; where the bucket is locked the object stays as long as that lock says.
 */
final class LockTrial {
  private static final Duration SHORT = Duration.ofMinutes(1);

  private final Immutability immutability;

  LockTrial(Immutability immutability) {
    this.immutability = immutability;
  }

  Verdict carryOut(Bench bench) {
    String name = bench.storage().info().name();
    boolean perObject = bench.storage().info().capabilities().contains(Capability.RETENTION_LOCK);
    Instant until = bench.clock().instant().plus(SHORT).truncatedTo(ChronoUnit.SECONDS);
    String key = bench.key("lock");
    byte[] bytes = Bench.bytesFor(key);
    bench.put(
        key, bytes, perObject ? ObjectAttributes.JSON.retainedUntil(until) : ObjectAttributes.JSON);
    try {
      bench.storage().delete(key);
    } catch (StorageException e) {
      if (e.kind() != ErrorKind.IMMUTABLE) {
        throw e;
      }
      return Arrays.equals(bench.get(key), bytes)
          ? Verdict.proved("an early deletion is refused and the object stays: " + e.why())
          : Verdict.failed("an early deletion was refused, but the object was altered");
    }
    return deleted(perObject, immutability.requiredOf(name));
  }

  private static Verdict deleted(boolean perObject, boolean required) {
    if (perObject) {
      return Verdict.failed(
          "an object locked for a minute could be deleted at once",
          "turn the bucket's object lock on, and give the key no right to bypass it");
    }
    return required
        ? Verdict.failed(
            "the policy requires immutability, but what was just written could be deleted",
            "set a lock on the bucket that covers 'check/' too, or use a storage that can lock")
        : Verdict.absent("what was just written can be deleted", null);
  }
}
