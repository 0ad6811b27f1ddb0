package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * For how long nobody shall be able to delete what was stored, not even this library or whoever has
 * its keys. A storage with {@link Capability#RETENTION_LOCK} is told so with every object; one
 * whose lock is a setting of the whole bucket cannot be told, and is put to the test instead.
 *
 * @param period how long, from the beginning of a backup; zero for no protection
 * @param storages names of the storages it is asked of; empty for all
 * @param required whether these storages must have proved that they refuse an early deletion; then
 *     retention counts their copies as locked for the period without trying
 * @param proofAge how old that proof may become
 */
public record Immutability(
    Duration period, Set<String> storages, boolean required, Duration proofAge) {
  /** Until a quarter has passed, whichever it is. */
  private static final Duration QUARTER = Duration.ofDays(92);

  /** Nothing is protected. */
  public static final Immutability NONE = new Immutability(Duration.ZERO, Set.of(), false, QUARTER);

  public Immutability {
    storages = Collections.unmodifiableSet(new TreeSet<>(storages));
  }

  /**
   * Protection that is required, and to be proved every 92 days.
   *
   * @param storages names of the storages it is asked of; none for all
   */
  public static Immutability required(Duration period, String... storages) {
    return new Immutability(period, Set.of(storages), true, QUARTER);
  }

  /** Protection where the storages named, or all, can be told of it; nothing needs to be proved. */
  public static Immutability wherePossible(Duration period, String... storages) {
    return new Immutability(period, Set.of(storages), false, QUARTER);
  }

  /** Whether anything is protected at all. */
  public boolean isAsked() {
    return !period.isZero();
  }

  /** Whether it is asked of the storage of that name. */
  public boolean covers(String storage) {
    return isAsked() && (storages.isEmpty() || storages.contains(storage));
  }

  /** Whether the storage of that name must have proved it. */
  public boolean requiredOf(String storage) {
    return required && covers(storage);
  }

  /**
   * Until when {@code storage} is told to refuse deletion of what belongs to a backup begun then;
   * null if it is not asked of that storage, or it cannot be told.
   */
  public @Nullable Instant retainUntil(StorageInfo storage, Instant begun) {
    return covers(storage.name()) && storage.capabilities().contains(Capability.RETENTION_LOCK)
        ? begun.plus(period)
        : null;
  }

  /** {@code attributes} with that instant, if there is one. */
  public ObjectAttributes protect(ObjectAttributes attributes, StorageInfo storage, Instant begun) {
    Instant until = retainUntil(storage, begun);
    return until == null ? attributes : attributes.retainedUntil(until);
  }
}
