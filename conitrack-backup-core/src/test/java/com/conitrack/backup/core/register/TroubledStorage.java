package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A storage that fails as told. (The one in test-support depends on this module.) */
final class TroubledStorage implements BackupStorage {
  private final BackupStorage below;
  private @Nullable ErrorKind refused;
  private @Nullable ErrorKind lost;
  private @Nullable ErrorKind down;
  private Set<String> unlisted = Set.of();
  private Predicate<String> unreadable = key -> false;

  TroubledStorage(BackupStorage below) {
    this.below = below;
  }

  /** Commits fail, and leave nothing. */
  void refuseCommits(ErrorKind kind) {
    refused = kind;
  }

  /** Commits succeed, and say they failed. */
  void loseCommitAnswers(ErrorKind kind) {
    lost = kind;
  }

  /** Everything fails. */
  void goDown() {
    down = ErrorKind.CONNECTION;
  }

  /** Listings lack these keys, as those of a directory written to meanwhile may. */
  void hideFromListings(Set<String> keys) {
    unlisted = keys;
  }

  /** Reading these keys fails. */
  void refuseReading(Set<String> keys) {
    unreadable = keys::contains;
  }

  /** Reading any key fails, whether it is there or not; listing works. */
  void refuseReading() {
    unreadable = key -> true;
  }

  void heal() {
    refused = null;
    lost = null;
    down = null;
    unlisted = Set.of();
    unreadable = key -> false;
  }

  private void requireUp(String key) {
    if (down != null) {
      throw failure(down, key);
    }
  }

  private static StorageException failure(ErrorKind kind, String key) {
    return new StorageException(kind, "unable to reach '" + key + "'", "asked for", null);
  }

  @Override
  public StorageInfo info() {
    return below.info();
  }

  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    requireUp(key);
    Upload upload = below.begin(key, attributes);
    return new Upload() {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        upload.write(bytes, offset, length);
      }

      @Override
      public StoredObject commit() {
        if (refused != null) {
          throw failure(refused, key);
        }
        StoredObject stored = upload.commit();
        if (lost != null) {
          throw failure(lost, key);
        }
        return stored;
      }

      @Override
      public void close() {
        upload.close();
      }
    };
  }

  @Override
  public InputStream open(String key, long offset) {
    requireUp(key);
    if (unreadable.test(key)) {
      throw failure(ErrorKind.IO, key);
    }
    return below.open(key, offset);
  }

  @Override
  public Optional<StoredObject> find(String key) {
    requireUp(key);
    return below.find(key);
  }

  @Override
  public List<StoredObject> list(String prefix) {
    requireUp(prefix);
    return below.list(prefix).stream().filter(o -> !unlisted.contains(o.key())).toList();
  }

  @Override
  public boolean delete(String key) {
    requireUp(key);
    return below.delete(key);
  }

  @Override
  public List<String> sweep(Instant olderThan) {
    return below.sweep(olderThan);
  }

  @Override
  public List<String> sweepOwned(String owner) {
    return below.sweepOwned(owner);
  }
}
