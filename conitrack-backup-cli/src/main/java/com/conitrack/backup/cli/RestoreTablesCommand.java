package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.DoneView;
import com.conitrack.backup.cli.view.SideSchemasView;
import com.conitrack.backup.cli.view.SideView;
import com.conitrack.backup.core.partial.SideOutcome;
import com.conitrack.backup.core.partial.SideRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Restores single tables. */
@Command(
    name = "restore-tables",
    header = "Put tables of a backup into a schema beside, to look at.",
    description =
        "Makes a new schema in the configured database with the tables that are named: columns, "
            + "types, data, keys and indexes, readable by the connection's user alone. Nothing that is there "
            + "is changed. The rows are proved equal to the backup's. Partitions come with their table.",
    footer = {
      "  conitrack-backup restore-tables --latest --table public.lote --table 'public.mov*'",
      "  conitrack-backup restore-tables --list",
      "  conitrack-backup restore-tables --drop conitrack_20260106_030000"
    })
final class RestoreTablesCommand extends Action {
  @Mixin final Which which = new Which();

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description =
          "A table: lote, public.lote, 'public.lote*' or 'public.\"Odd.name\"'; may be given several "
              + "times.")
  List<String> tables = new ArrayList<>();

  @Option(
      names = "--into-schema",
      paramLabel = "NAME",
      description = "The schema to make. Default: conitrack_ and the backup's time.")
  @Nullable String schema;

  @Option(names = "--list", description = "List the schemas that were made like this.")
  boolean list;

  @Option(names = "--drop", paramLabel = "NAME", description = "Drop such a schema.")
  @Nullable String drop;

  @Override
  public Integer call() {
    if (list) {
      output().show(new SideSchemasView(backup().tables().sideSchemas()));
      return ExitCode.OK;
    }
    return drop != null ? drop(drop) : beside();
  }

  private int drop(String name) {
    backup().tables().dropSideSchema(name);
    output()
        .show(
            new DoneView(
                "restore-tables", "schema '" + name + "' was dropped", Map.of("dropped", name)));
    return ExitCode.OK;
  }

  private int beside() {
    requireTables();
    var entry = which.one(this, Which.Latest.GOOD);
    session().expect(any -> entry.manifest().dump().plain().bytes());
    SideOutcome outcome = backup().tables().beside(new SideRequest(entry.id(), tables, schema));
    session().clearProgress();
    outcome.remarks().forEach(output()::note);
    SideView view = new SideView(outcome);
    if (outcome instanceof SideOutcome.Failed failed) {
      output().fail(view, failed.failure(), "nothing was made: the database is as it was");
      return ExitCode.of(failed.failure());
    }
    output().show(view);
    return outcome instanceof SideOutcome.Different ? ExitCode.FINDINGS : ExitCode.OK;
  }

  private void requireTables() {
    if (tables.isEmpty()) {
      throw new UsageException(
          "unable to restore tables", "none is named", "name each with --table");
    }
  }
}
