package com.conitrack.backup.spring.properties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Backups of the application's database. A key that is not known is refused, so that a slip in one
 * does not pass for a setting.
 *
 * @param enabled Whether there are backups at all; without them nothing guards migrations either.
 * @param database The database to back up, where it is not the application's own.
 * @param storages Places for copies, at least one.
 * @param compression How dumps are compressed: the keys below, or a codec's name alone.
 * @param policy What is asked of the backups.
 * @param actor Who acts, for manifests and the register; by default the application's name.
 * @param lockWait How long to wait for another run on the same database.
 * @param stallLimit After how long without taking a byte a storage is left behind.
 * @param flyway The backup before Flyway migrates.
 * @param status How the backups' status is read for those who watch it.
 * @param page The page for people who would rather look.
 * @param schedule Keeping the policy's schedule inside the application.
 */
@ConfigurationProperties(prefix = "conitrack.backup", ignoreUnknownFields = false)
public record ConitrackBackupProperties(
    @DefaultValue("true") boolean enabled,
    @NestedConfigurationProperty @DefaultValue DatabaseProperties database,
    @DefaultValue List<StorageProperties> storages,
    @NestedConfigurationProperty @Nullable CompressionProperties compression,
    @NestedConfigurationProperty @DefaultValue PolicyProperties policy,
    @Nullable String actor,
    @DefaultValue("0s") TimeSpan lockWait,
    @DefaultValue("2m") TimeSpan stallLimit,
    @NestedConfigurationProperty @DefaultValue FlywayProperties flyway,
    @NestedConfigurationProperty @DefaultValue StatusProperties status,
    @NestedConfigurationProperty @DefaultValue PageProperties page,
    @NestedConfigurationProperty @DefaultValue KeepingProperties schedule) {
  public ConitrackBackupProperties {
    storages = List.copyOf(storages);
  }
}
