package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjectSource;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A storage whose readings survive a lost connection: a stream that breaks off is opened again at
 * the byte reached. A failure to open an object in the first place is passed on at once, so that
 * another copy can be tried. It belongs around a {@link TimeLimitedStorage}, not inside: while a
 * call hangs, attempts then fail at once instead of hanging too, and the pauses between them are
 * the time a storage is given to recover.
 */
public final class ResumingStorage implements BackupStorage, SmallObjectSource {
  private static final Logger LOG = LoggerFactory.getLogger(ResumingStorage.class);

  private final BackupStorage below;
  private final ReadPatience patience;
  private final Consumer<Resumption> listener;

  /** Reads from {@code below}. */
  public ResumingStorage(BackupStorage below, ReadPatience patience) {
    this(below, patience, ResumingStorage::log);
  }

  private ResumingStorage(
      BackupStorage below, ReadPatience patience, Consumer<Resumption> listener) {
    this.below = below;
    this.patience = patience;
    this.listener = listener;
  }

  /**
   * The same storage, telling {@code listener} too of every reading that it resumes. A storage that
   * resumes none is returned as it is.
   */
  public static BackupStorage telling(BackupStorage storage, Consumer<Resumption> listener) {
    return storage instanceof ResumingStorage resuming
        ? new ResumingStorage(
            resuming.below, resuming.patience, resuming.listener.andThen(listener))
        : storage;
  }

  private static void log(Resumption resumption) {
    LOG.info(
        "reading '{}' from storage '{}' is resumed at byte {}: {}",
        resumption.key(),
        resumption.storage(),
        resumption.at(),
        resumption.reason());
  }

  @Override
  public StorageInfo info() {
    return below.info();
  }

  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    return below.begin(key, attributes);
  }

  @Override
  public InputStream open(String key, long offset) {
    return new ResumingInputStream(below, key, offset, patience, listener);
  }

  /** What breaks off on the short way is read by a stream, which can be resumed. */
  @Override
  public byte[] get(String key) {
    if (below instanceof SmallObjectSource shorter) {
      try {
        return shorter.get(key);
      } catch (StorageException e) {
        if (!(e.getCause() instanceof IOException) || !ResumingInputStream.mayPass(e)) {
          throw e;
        }
      }
    }
    return SmallObjects.read(this, key);
  }

  @Override
  public Optional<StoredObject> find(String key) {
    return below.find(key);
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return below.list(prefix);
  }

  @Override
  public boolean delete(String key) {
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

  @Override
  public String toString() {
    return below.toString();
  }
}
