package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.Output;
import com.conitrack.backup.cli.output.Shell;
import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A sub-command: returns its exit code, throws what it cannot do. */
abstract class Action implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  /** The parsed command; picocli sets it before anything runs. */
  CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }

  Session session() {
    return ((RootCommand) spec().root().userObject()).session();
  }

  ConitrackBackup backup() {
    return session().backup();
  }

  Output output() {
    return session().output();
  }

  Shell shell() {
    return session().shell();
  }

  /** The configured database's name. */
  String databaseName() {
    return session().config().database().connection().database();
  }

  /**
   * @throws UsageException if it is no name of a backup at all
   */
  static BackupId idOf(String text) {
    try {
      return new BackupId(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "unable to use '" + text + "'",
          "it is no name of a backup: letters, digits and . _ - / are allowed",
          "give a name from the first column of 'conitrack-backup list'");
    }
  }

  /** Sizes of the dumps in a catalogue, for a progress bar. */
  static ToLongFunction<BackupId> plainBytes(Catalogue catalogue) {
    return id ->
        catalogue
            .find(id)
            .map(CatalogueEntry::manifest)
            .map(manifest -> manifest.dump().plain().bytes())
            .orElse(0L);
  }
}
