package com.conitrack.backup.flyway;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.PolicyProblem;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Flyway migrate only after a backup that the policy calls good. With nothing pending it only
 * asks Flyway for what is. An empty database, as at a first installation, needs no backup; the
 * register says so.
 *
 * <pre>{@code
 * MigrationGate.of(backups).migrate(flyway);
 * }</pre>
 *
 * <p>It fails closed: without a good backup it throws {@link MigrationRefusedException}, and the
 * migrations stay pending. Immutable; safe for use by many threads.
 */
public final class MigrationGate {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationGate.class);
  private static final ThreadLocal<Boolean> PASSING = ThreadLocal.withInitial(() -> false);

  private final Function<Configuration, ConitrackBackup> backups;
  private final Duration patience;
  private final @Nullable String override;

  private MigrationGate(
      Function<Configuration, ConitrackBackup> backups,
      Duration patience,
      @Nullable String override) {
    this.backups = backups;
    this.patience = patience;
    this.override = override;
  }

  /** A gate before the database that {@code backups} backs up; any other one is refused. */
  public static MigrationGate of(ConitrackBackup backups) {
    return of(flyway -> backups);
  }

  /**
   * A gate before several databases.
   *
   * @param backups gives, by the configuration of the Flyway that is to migrate, the backups of its
   *     database
   */
  public static MigrationGate of(Function<Configuration, ConitrackBackup> backups) {
    return new MigrationGate(backups, Duration.ofMinutes(5), null);
  }

  /**
   * The same with another limit to waiting for a run that is at work on the database, such as that
   * of another replica that starts; five minutes unless set.
   */
  public MigrationGate waitingAtMost(Duration limit) {
    return new MigrationGate(backups, limit, override);
  }

  /**
   * The same, for an emergency: where no good backup can be had, migrations run all the same. A
   * backup is still tried for first; what was done, and why, goes to the log and the register.
   *
   * @param reason why, in words: two at least
   * @throws ConfigurationException if these are no words
   */
  public MigrationGate migratingWithoutBackup(String reason) {
    if (reason.strip().split("\\s+").length < 2) {
      throw new ConfigurationException(
          "unable to let migrations run without a backup",
          List.of(
              new PolicyProblem(
                  "flyway.migrate-without-backup",
                  "no reason is given",
                  "write in words who decided it and why, or remove the setting")));
    }
    return new MigrationGate(backups, patience, reason.strip());
  }

  /**
   * Migrates, after a good backup if anything is pending.
   *
   * @throws MigrationRefusedException if there is no good backup: nothing was migrated
   * @throws MigrationFailedException if a migration failed; its message tells the way back
   * @throws FlywayValidateException Flyway's own, as it is
   */
  public void migrate(Flyway flyway) {
    migrateFor(flyway);
  }

  MigrateResult migrateFor(Flyway flyway) {
    Optional<WayBack> wayBack = prepare(flyway);
    try {
      return pass(flyway::migrate);
    } catch (RuntimeException e) {
      throw failed(e, wayBack);
    }
  }

  /**
   * The same with a way of one's own to migrate, which the backup precedes. Where it makes further
   * Flyways out of this one's configuration, such as one for each module, they are gated as well.
   *
   * @param migration calls {@code migrate()}, and what else is to happen after the backup
   */
  public void migrate(Flyway flyway, Consumer<Flyway> migration) {
    GateCallback further = GateCallback.ofOneRun(this);
    Optional<WayBack> wayBack = prepareIfKnown(flyway);
    try {
      Flyway given = wayBack.isPresent() ? flyway : further.before(flyway);
      pass(
          () -> {
            migration.accept(given);
            return Optional.empty();
          });
    } catch (RuntimeException e) {
      throw failed(e, wayBack.or(further::wayBack));
    }
  }

  private static <T extends Object> T pass(Supplier<T> migration) {
    boolean passing = isPassing();
    PASSING.set(true);
    try {
      return migration.get();
    } finally {
      if (!passing) {
        PASSING.remove();
      }
    }
  }

  /** Whether this thread migrates what a gate has let through. */
  static boolean isPassing() {
    return PASSING.get();
  }

  /** A Flyway that only others are made of may find the scripts of all: several of one version. */
  private Optional<WayBack> prepareIfKnown(Flyway flyway) {
    try {
      return prepare(flyway);
    } catch (FlywayException e) {
      if (!String.valueOf(e.getErrorCode()).startsWith("DUPLICATE_")) {
        throw e;
      }
      LOG.debug("what is pending is asked before each migration", e);
      return Optional.empty();
    }
  }

  private static RuntimeException failed(RuntimeException e, Optional<WayBack> wayBack) {
    return e instanceof FlywayValidateException || wayBack.isEmpty()
        ? e
        : new MigrationFailedException(wayBack.get(), e);
  }

  /**
   * The gate as a callback of Flyway's, for programs that call {@code migrate()} themselves: {@code
   * Flyway.configure().callbacks(gate.callback())}. A failed migration's way back is logged.
   */
  public Callback callback() {
    return new GateCallback(this).asCallback();
  }

  /**
   * The same Flyway with this gate before its {@code migrate()}, whoever calls it. Given to {@link
   * #migrate(Flyway)} it takes one backup, not two. Where it migrates a database that is not
   * PostgreSQL, it does so without a backup, and the log warns.
   */
  public Flyway before(Flyway flyway) {
    return flyway instanceof GatedFlyway
        ? flyway
        : new GatedFlyway(flyway.getConfiguration(), this);
  }

  /**
   * Takes the backup that the pending migrations need.
   *
   * @return the way back to it; empty if none was needed, or none could be had and that was allowed
   * @throws MigrationRefusedException if none could be had
   */
  Optional<WayBack> prepare(Flyway flyway) {
    SchemaChange pending = PendingMigrations.of(flyway);
    if (pending.nothing()) {
      return Optional.empty();
    }
    MigratedDatabase database = MigratedDatabase.of(flyway.getConfiguration());
    ConitrackBackup own = backups.apply(flyway.getConfiguration());
    if (database.empty()) {
      record(own, "FIRST_INSTALLATION", database, pending, pending.inWords());
      LOG.info("database '{}' is empty: it is migrated without a backup", database.name());
      return Optional.empty();
    }
    LOG.info("a backup of database '{}' comes first: {}", database.name(), pending.inWords());
    try {
      return take(own, flyway, pending, database);
    } catch (BackupException e) {
      return withoutBackup(own, pending, database, e);
    }
  }

  /** Waits for a run that is at work; it may be another replica's, which then migrates as well. */
  private Optional<WayBack> take(
      ConitrackBackup own, Flyway flyway, SchemaChange pending, MigratedDatabase database) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return Optional.of(take(own, pending, database));
      } catch (BackupException e) {
        if (e.kind() != ErrorKind.LOCKED || System.nanoTime() - end > 0) {
          throw e;
        }
        LOG.info("another run is at work on database '{}'; waiting for it", database.name());
        pause(e);
      }
      if (PendingMigrations.of(flyway).nothing()) {
        return Optional.empty();
      }
    }
  }

  private static WayBack take(
      ConitrackBackup own, SchemaChange pending, MigratedDatabase database) {
    Manifest manifest = own.backup(BackupRequest.before(pending)).orThrow();
    if (!manifest.database().name().equals(database.name())) {
      throw new BackupException(
          ErrorKind.CONFIGURATION,
          "unable to use backup '" + manifest.id() + "'",
          "it is of database '" + manifest.database().name() + "', not of the one to be migrated",
          "let the gate back up the database that Flyway connects to");
    }
    WayBack wayBack = new WayBack(manifest.id(), database.name(), own.policy().restore());
    LOG.info(
        "backup {} of database '{}' is proved; the way back to it: {}",
        wayBack.backup(),
        wayBack.database(),
        wayBack.command());
    return wayBack;
  }

  private static void pause(BackupException locked) {
    try {
      Thread.sleep(Duration.ofSeconds(1).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw locked;
    }
  }

  private Optional<WayBack> withoutBackup(
      ConitrackBackup own,
      SchemaChange pending,
      MigratedDatabase database,
      BackupException failure) {
    if (override == null) {
      throw new MigrationRefusedException(
          failure.kind(),
          database.name(),
          "no proved backup could be taken first: " + failure.getMessage(),
          "mend that and start again; nothing was migrated, "
              + pending.pendingScripts().size()
              + " scripts stay pending. In an emergency conitrack.backup.flyway"
              + ".migrate-without-backup lets them run for a reason that is given there",
          failure);
    }
    LOG.warn(
        "database '{}' is migrated WITHOUT a backup, because: {}. No backup could be taken: {}",
        database.name(),
        override,
        failure.getMessage());
    record(own, "WITHOUT_BACKUP", database, pending, override + " | " + pending.inWords());
    return Optional.empty();
  }

  /** A register that cannot be written does not stop what was decided. */
  private static void record(
      ConitrackBackup own,
      String outcome,
      MigratedDatabase database,
      SchemaChange pending,
      String reason) {
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.DATABASE, database.name());
    details.put(RegisterDetails.REASON, reason);
    RegisterDetails.putChange(details, pending);
    try {
      own.record(RegisterEvent.MIGRATION, outcome, details);
    } catch (BackupException e) {
      LOG.warn("the register could not be written: {}", e.getMessage());
    }
  }
}
