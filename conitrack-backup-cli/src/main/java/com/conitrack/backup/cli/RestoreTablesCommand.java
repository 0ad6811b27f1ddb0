package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.DoneView;
import com.conitrack.backup.cli.view.InPlacePlanView;
import com.conitrack.backup.cli.view.SideSchemasView;
import com.conitrack.backup.cli.view.SideView;
import com.conitrack.backup.core.partial.InPlacePlan;
import com.conitrack.backup.core.partial.InPlaceRequest;
import com.conitrack.backup.core.partial.SideOutcome;
import com.conitrack.backup.core.partial.SideRequest;
import java.nio.file.Path;
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
    header = "Put tables of a backup beside, to look at, or plan to put them back in place.",
    description =
        "Makes a new schema in the configured database with the tables that are named: columns, "
            + "types, data, keys and indexes, readable by the connection's user alone. Nothing that is there "
            + "is changed. The rows are proved equal to the backup's. Partitions come with their table. "
            + "With --in-place it plans instead to give the tables in use the rows of the backup: what would "
            + "be added, removed and altered, and what stands in the way (exit code 1). It changes nothing: "
            + "'approve' approves the plan, 'restore run' carries it out.",
    footer = {
      "  conitrack-backup restore-tables --latest --table public.lote --table 'public.mov*'",
      "  conitrack-backup restore-tables --latest -t public.lote --in-place \\",
      "      --reason 'lost lots' -o plan.json",
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

  @Option(
      names = "--in-place",
      description = "Plan to put the rows back in place instead. Changes nothing.")
  boolean inPlace;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "With --in-place: why that is needed.")
  @Nullable String reason;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "With --in-place: write the plan into a new file, for 'approve' and 'restore run'.")
  @Nullable Path file;

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
    if (drop != null) {
      return drop(drop);
    }
    requireTables();
    requireFitting();
    return inPlace ? planInPlace() : beside();
  }

  private void requireFitting() {
    boolean foreign = inPlace ? schema != null : reason != null || file != null;
    if (foreign) {
      throw new UsageException(
          "unable to restore tables",
          inPlace
              ? "--into-schema says beside, --in-place says in place"
              : "--reason and --output are for a plan",
          inPlace ? "choose one of them" : "add --in-place to make one");
    }
  }

  private int planInPlace() {
    var entry = which.one(this, Which.Latest.GOOD);
    InPlacePlan plan =
        backup().tables().planInPlace(new InPlaceRequest(entry.id(), tables, reason));
    session().clearProgress();
    if (file != null) {
      Texts.create(this, file, plan.toJson());
    }
    output().show(new InPlacePlanView(plan, file == null ? null : file.toString()));
    return plan.obstacles().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
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
