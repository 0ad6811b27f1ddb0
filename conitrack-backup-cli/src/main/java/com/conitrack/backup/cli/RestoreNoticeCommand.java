package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.NoticeView;
import com.conitrack.backup.core.production.RestoreNotice;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes notices to users. */
@Command(
    name = "notice",
    header = "Write the notice to users: before from a plan, after from the record.",
    description =
        "With a plan, that the system will be down and what will be lost; without one, that the "
            + "newest restore is done and since when data must be entered again.",
    footer = {
      "  conitrack-backup restore notice plan.json --start 2026-01-06T22:00:00Z",
      "  conitrack-backup restore notice --language en --zone Europe/Madrid -o done.txt"
    })
final class RestoreNoticeCommand extends Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description = "The file that 'restore plan -o' wrote.")
  @Nullable Path planFile;

  @Option(
      names = "--language",
      paramLabel = "LANG",
      defaultValue = "es",
      description = "es or en. Default: ${DEFAULT-VALUE}.")
  RestoreNotice.Language language = RestoreNotice.Language.ES;

  @Option(
      names = "--system",
      paramLabel = "NAME",
      defaultValue = "Conitrack",
      description = "The system's name. Default: ${DEFAULT-VALUE}.")
  String system = "Conitrack";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "The time zone of the times told. Default: ${DEFAULT-VALUE}.")
  String zone = "UTC";

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "When the system goes down: 2026-01-06T22:00:00Z. Default: now.")
  @Nullable String start;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write it into a new file as well.")
  @Nullable Path file;

  @Override
  public Integer call() {
    RestoreNotice notice = new RestoreNotice(language, system, zoneId());
    String text =
        planFile == null
            ? notice.after(newest())
            : notice.before(Texts.read(this, planFile, RestorePlan::read), startInstant());
    if (file != null) {
      Texts.create(this, file, text.getBytes(StandardCharsets.UTF_8));
    }
    output().show(new NoticeView(text));
    return ExitCode.OK;
  }

  private RestoreRecord newest() {
    List<RestoreRecord> records = RestoreRecord.of(backup().register().entries(), databaseName());
    if (records.isEmpty()) {
      throw new UsageException(
          "unable to write a notice",
          "no plan is given, and no restore is on record",
          "give the plan's file for the notice before a restore");
    }
    return records.get(records.size() - 1);
  }

  private Instant startInstant() {
    try {
      return start == null ? shell().clock().instant() : Instant.parse(start);
    } catch (DateTimeException e) {
      throw new UsageException(
          "unable to use --start '" + start + "'",
          "it is no instant",
          "write 2026-01-06T22:00:00Z");
    }
  }

  private ZoneId zoneId() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new UsageException(
          "unable to use --zone '" + zone + "'",
          "it is no time zone",
          "write it like UTC or America/Argentina/Buenos_Aires");
    }
  }
}
