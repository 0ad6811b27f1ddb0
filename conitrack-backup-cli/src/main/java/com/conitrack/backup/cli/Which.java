package com.conitrack.backup.cli;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which backup is meant: a name, or the newest one. */
final class Which {
  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The backup's name, as 'list' shows it.")
  @Nullable String id;

  @Option(names = "--latest", description = "The newest one of the configured database.")
  boolean latest;

  /** What counts as the newest. */
  enum Latest {
    /** Any backup. */
    ANY,
    /** Only good ones. */
    GOOD
  }

  boolean isGiven() {
    return id != null || latest;
  }

  /**
   * The one backup that is meant.
   *
   * @throws UsageException if it is not clear which
   * @throws BackupException kind {@code NOT_FOUND} if there is none
   */
  CatalogueEntry one(Action action, Latest newest) {
    if ((id == null) != latest) {
      throw new UsageException(
          "unable to tell which backup is meant",
          latest ? "both a name and --latest are given" : "neither a name nor --latest is given",
          "give one of them");
    }
    // A mistyped name is told before anything is read.
    BackupId named = id == null ? null : Action.idOf(id);
    Catalogue catalogue = action.backup().catalogue();
    return named != null
        ? catalogue.find(named).orElseThrow(() -> unknown(named))
        : newest(catalogue, action.databaseName(), newest)
            .orElseThrow(() -> none(action.databaseName()));
  }

  private static Optional<CatalogueEntry> newest(
      Catalogue catalogue, String database, Latest newest) {
    return newest == Latest.GOOD
        ? catalogue.newestGood(database)
        : catalogue.entries().stream()
            .filter(entry -> entry.manifest().database().name().equals(database))
            .findFirst();
  }

  private static BackupException unknown(BackupId id) {
    return new BackupException(
        ErrorKind.NOT_FOUND,
        "unable to find backup '" + id + "'",
        "no storage holds a manifest of that name",
        "'conitrack-backup list --all' shows the names there are");
  }

  private static BackupException none(String database) {
    return new BackupException(
        ErrorKind.NOT_FOUND,
        "unable to find the newest backup",
        "the storages hold none of database '" + database + "' that would do",
        "'conitrack-backup list --all' shows what there is");
  }
}
