package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.policy.BackupPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file says, valid as a whole. Opens nothing; shows no secret.
 *
 * @param file where it was read from
 * @param database the database to back up
 * @param storages where copies go, at least one
 * @param compression how dumps are compressed
 * @param policy what is asked of the backups
 * @param actor who acts; null for the user of the operating system
 * @param lockWait how long to wait for another run on the same database
 * @param stallLimit after how long without progress a storage is left behind
 * @param hooks stop and start the application around a restore
 */
public record Config(
    Path file,
    DatabaseConfig database,
    List<StorageConfig> storages,
    CompressionConfig compression,
    BackupPolicy policy,
    @Nullable String actor,
    Duration lockWait,
    Duration stallLimit,
    HooksConfig hooks) {
  public Config {
    storages = List.copyOf(storages);
  }
}
