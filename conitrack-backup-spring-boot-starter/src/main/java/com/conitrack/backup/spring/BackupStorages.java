package com.conitrack.backup.spring;

import com.conitrack.backup.core.port.BackupStorage;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places for copies: those of the settings, then the application's own beans. Those of the
 * settings are closed with the application.
 */
public final class BackupStorages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupStorages.class);

  private final List<BackupStorage> all;
  private final List<BackupStorage> owned;

  BackupStorages(List<BackupStorage> all, List<BackupStorage> owned) {
    this.all = List.copyOf(all);
    this.owned = List.copyOf(owned);
  }

  /** Storages that whoever made them closes. */
  public static BackupStorages of(List<BackupStorage> storages) {
    return new BackupStorages(storages, List.of());
  }

  /** All of them, in the order in which restores read from them. */
  public List<BackupStorage> all() {
    return all;
  }

  @Override
  public void close() {
    for (BackupStorage storage : owned) {
      if (storage instanceof AutoCloseable closeable) {
        close(storage, closeable);
      }
    }
  }

  private static void close(BackupStorage storage, AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.warn("storage '{}' could not be closed: {}", storage.info().name(), e.toString());
    }
  }
}
