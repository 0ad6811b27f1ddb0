package com.conitrack.backup.cli;

import com.conitrack.backup.archive.DirectoryTarCodec;
import com.conitrack.backup.archive.ZipCodec;
import com.conitrack.backup.cli.config.Config;
import com.conitrack.backup.cli.config.StorageConfig;
import com.conitrack.backup.codec.ZstdCodec;
import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.ConitrackBackupBuilder;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.pg.PgArchives;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the library out of a configuration. */
final class Assembly {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  private Assembly() {}

  /**
   * @param actor who acts; null for whom the configuration names
   * @param listener who is told of progress, if anyone
   */
  static ConitrackBackup of(
      Config config, Clock clock, @Nullable String actor, @Nullable BackupListener listener) {
    ConitrackBackupBuilder builder =
        ConitrackBackup.builder()
            .database(config.database().open())
            .scope(config.database().scope())
            .policy(config.policy())
            .codecs(config.compression().codecs().toArray(StreamCodec[]::new))
            .clock(clock)
            .lockWait(config.lockWait())
            .stallLimit(config.stallLimit());
    for (StorageConfig storage : config.storages()) {
      builder.storage(storage.opener().get());
    }
    PgArchives archives = PgArchives.usual();
    builder.readableCodecs(
        ZipCodec.create(), archives.custom(), DirectoryTarCodec.create(archives.directories()));
    addZstd(builder);
    String who = actor == null ? config.actor() : actor;
    if (who != null) {
      builder.actor(who);
    }
    if (listener != null) {
      builder.listener(listener);
    }
    return builder.build();
  }

  /** Old backups may be in zstd; without it the others can still be read. */
  private static void addZstd(ConitrackBackupBuilder builder) {
    try {
      builder.readableCodecs(ZstdCodec.create());
    } catch (BackupException e) {
      LOG.info("backups in zstd cannot be read here: {}", e.getMessage());
    }
  }
}
