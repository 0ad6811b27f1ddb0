package com.conitrack.backup.spring;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.ConitrackBackupBuilder;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.spring.properties.ConitrackBackupProperties;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts backups together as the settings, the application's beans and its customizers say: for the
 * application's database, and for others of its databases. Safe for use by many threads.
 */
public final class ConitrackBackupFactory {
  private static final Logger LOG = LoggerFactory.getLogger(ConitrackBackupFactory.class);

  private final ConitrackBackupProperties properties;
  private final BackupStorages storages;
  private final BackupPolicy policy;
  private final List<BackupListener> listeners;
  private final List<ConitrackBackupCustomizer> customizers;
  private final @Nullable RunLocks locks;
  private final @Nullable String applicationName;

  ConitrackBackupFactory(
      ConitrackBackupProperties properties,
      BackupStorages storages,
      BackupPolicy policy,
      List<BackupListener> listeners,
      List<ConitrackBackupCustomizer> customizers,
      @Nullable RunLocks locks,
      @Nullable String applicationName) {
    this.properties = properties;
    this.storages = storages;
    this.policy = policy;
    this.listeners = List.copyOf(listeners);
    this.customizers = List.copyOf(customizers);
    this.locks = locks;
    this.applicationName = applicationName;
  }

  /**
   * Backups of a database, in the configured storages. Opens nothing.
   *
   * @throws com.conitrack.backup.core.policy.ConfigurationException with all that is wrong with the
   *     settings
   */
  public ConitrackBackup of(Database database) {
    SettingProblems problems = new SettingProblems();
    List<StreamCodec> codecs = CodecFactory.codecs(properties.compression(), problems);
    problems.throwIfAny();
    ConitrackBackupBuilder builder =
        ConitrackBackup.builder()
            .database(database)
            .scope(new DatabaseFactory(properties.database(), problems).scope())
            .policy(policy)
            .codecs(codecs.toArray(StreamCodec[]::new))
            .lockWait(properties.lockWait().value())
            .stallLimit(properties.stallLimit().value());
    for (BackupStorage storage : storages.all()) {
      builder.storage(storage);
    }
    addZstd(builder);
    String actor = properties.actor() == null ? applicationName : properties.actor();
    if (actor != null) {
      builder.actor(actor);
    }
    if (locks != null) {
      builder.lock(locks.of(database));
    }
    listeners.forEach(builder::listener);
    customizers.forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  /**
   * Backups of the database that a DataSource of the application connects to, with the settings
   * below {@code conitrack.backup.database} but for URL and user. Opens no connection.
   *
   * @throws BackupException kind {@code CONFIGURATION} if it does not tell its URL
   */
  public ConitrackBackup of(DataSource dataSource) {
    return of(
        new DatabaseFactory(properties.database(), new SettingProblems()).database(dataSource));
  }

  /** Old backups may be in zstd; without it the others can still be read. */
  private static void addZstd(ConitrackBackupBuilder builder) {
    if (!Adapter.ZSTD.present()) {
      return;
    }
    try {
      builder.readableCodecs(ZstdSupport.usual());
    } catch (BackupException e) {
      LOG.info("backups in zstd cannot be read here: {}", e.getMessage());
    }
  }
}
