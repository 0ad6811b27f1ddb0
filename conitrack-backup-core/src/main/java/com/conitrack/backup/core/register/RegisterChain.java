package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The register of one storage: entries numbered from 1, each holding the digest of the bytes of the
 * one before. Nothing coordinates the writers but the storage itself, which never overwrites a key:
 * of several that write the same number one wins, and the others chain to what it wrote. So no
 * entry is lost and the chain never forks, whatever the number of threads, processes and hosts, and
 * a writer that dies leaves the chain with its entry or without.
 *
 * <p>Safe for use by many threads.
 */
public final class RegisterChain {
  private static final int MOST_ATTEMPTS = 200;
  private static final int PROBES_BEFORE_LISTING = 32;

  private final BackupStorage storage;
  private final Immutability immutability;
  private final ChainReader reader;
  private @Nullable RegisterAnchor known;

  /** The register in {@code storage}, which may be empty. Does no I/O. */
  public RegisterChain(BackupStorage storage) {
    this(storage, Immutability.NONE);
  }

  RegisterChain(BackupStorage storage, Immutability immutability) {
    this.storage = storage;
    this.immutability = immutability;
    this.reader = new ChainReader(storage);
  }

  /**
   * Appends an entry and returns when it is durable.
   *
   * @return where it stands
   * @throws StorageException if the storage cannot take it, or it is not known whether it did: then
   *     appending the same entry again is harmless, since readers know it by its id. Kind {@code
   *     LOCKED} if others were always faster
   */
  public synchronized RegisterAnchor append(RegisterEntry entry) {
    RegisterAnchor head = known == null ? head().orElse(null) : known;
    ObjectAttributes attributes =
        immutability.protect(ObjectAttributes.JSON, storage.info(), entry.at());
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      long sequence = head == null ? 1 : head.sequence() + 1;
      byte[] bytes = EntryJson.write(sequence, head == null ? null : head.sha256(), entry);
      if (place(sequence, bytes, attributes)) {
        RegisterAnchor placed = anchor(sequence, bytes);
        known = placed;
        return placed;
      }
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L * attempt));
      head = head().orElse(null);
    }
    throw new StorageException(
        ErrorKind.LOCKED,
        "unable to append to the register of storage '" + name() + "'",
        "others appended faster, " + MOST_ATTEMPTS + " times in a row",
        "try again; if it stays so, look for a program that appends without end");
  }

  /** Whether {@code bytes} became entry {@code sequence}; if not, another one did. */
  private boolean place(long sequence, byte[] bytes, ObjectAttributes attributes) {
    if (sequence > RegisterKeys.LAST) {
      throw new StorageException(
          ErrorKind.DAMAGED,
          "unable to append to the register of storage '" + name() + "'",
          "its last number, " + RegisterKeys.LAST + ", is taken",
          "look at '" + RegisterKeys.of(RegisterKeys.LAST) + "': it was hardly written by us");
    }
    String key = RegisterKeys.of(sequence);
    try {
      SmallObjects.put(storage, key, bytes, attributes);
      return true;
    } catch (StorageException e) {
      return placedAllTheSame(key, bytes, e);
    }
  }

  /**
   * What a failed write has come to. Its answer may have been lost on the way; and a client that
   * then repeats the request by itself is told that the key, its own, exists.
   */
  private boolean placedAllTheSame(String key, byte[] bytes, StorageException failure) {
    try {
      return Arrays.equals(SmallObjects.get(storage, key), bytes);
    } catch (StorageException e) {
      if (failure.kind() == ErrorKind.ALREADY_EXISTS && e.kind() == ErrorKind.NOT_FOUND) {
        return false;
      }
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /**
   * Where the register stands, without reading it: its newest entry, damaged or not. Empty if there
   * is none yet. Lists the storage the first time, and looks for what follows the last known entry
   * after that.
   *
   * @throws StorageException if the storage cannot be read
   */
  public synchronized Optional<RegisterAnchor> head() {
    if (known == null) {
      known = newestListed();
    }
    for (int probes = 1; advance(); probes++) {
      if (probes % PROBES_BEFORE_LISTING == 0) {
        known = newestListed();
      }
    }
    return Optional.ofNullable(known);
  }

  private @Nullable RegisterAnchor newestListed() {
    long newest =
        storage.list(RegisterKeys.PREFIX).stream()
            .mapToLong(object -> RegisterKeys.sequence(object.key()).orElse(0))
            .max()
            .orElse(0);
    return newest == 0 ? null : anchor(newest, SmallObjects.get(storage, RegisterKeys.of(newest)));
  }

  private boolean advance() {
    long next = known == null ? 1 : known.sequence() + 1;
    if (next > RegisterKeys.LAST) {
      return false;
    }
    try {
      known = anchor(next, SmallObjects.get(storage, RegisterKeys.of(next)));
      return true;
    } catch (StorageException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The entries that can be relied upon, in their order; {@link #verify} tells of the others.
   *
   * @throws StorageException if the storage cannot be listed
   */
  public List<ChainedEntry> read() {
    return reading().entries();
  }

  /**
   * Reads every entry and tells what is wrong, in the order of the entries; empty if nothing is.
   *
   * @param anchors what manifests have seen of registers; those of other storages are ignored
   * @throws StorageException if the storage cannot be listed
   */
  public List<RegisterFinding> verify(Collection<RegisterAnchor> anchors) {
    return findings(reading(), anchors);
  }

  ChainReading reading() {
    return reader.read();
  }

  /**
   * As {@link ChainReading#findings}, with what this process itself has seen as one anchor more.
   */
  List<RegisterFinding> findings(ChainReading reading, Collection<RegisterAnchor> anchors) {
    List<RegisterAnchor> all = new ArrayList<>(anchors);
    synchronized (this) {
      Optional.ofNullable(known).ifPresent(all::add);
    }
    return reading.findings(all);
  }

  String name() {
    return storage.info().name();
  }

  private RegisterAnchor anchor(long sequence, byte[] bytes) {
    return new RegisterAnchor(name(), sequence, Sha256.of(bytes));
  }
}
