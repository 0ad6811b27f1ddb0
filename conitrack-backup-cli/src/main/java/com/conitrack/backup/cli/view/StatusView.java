package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.Style;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.DrillStatus;
import com.conitrack.backup.core.status.Health;
import com.conitrack.backup.core.status.LastFailure;
import com.conitrack.backup.core.status.NewestGood;
import com.conitrack.backup.core.status.Reason;
import com.conitrack.backup.core.status.StorageStatus;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the backups stand.
 *
 * @param status it
 */
public record StatusView(BackupStatus status) implements View {

  @Override
  public void print(Page page) {
    String database = status.database();
    page.field(
        "status",
        health(page.style(), status.health())
            + (database == null ? "" : "; database '" + database + "'"));
    for (Reason reason : status.reasons()) {
      page.item(
          (reason.health() == Health.FAILING
                  ? page.style().bad("failing: ")
                  : page.style().doubtful("warning: "))
              + reason.text());
      page.wrapped("    to do: ", "           ", reason.remedy());
    }
    page.field("newest good", newest());
    page.field("backups", status.backups() + ", " + status.goodBackups() + " good");
    status.storages().forEach(storage -> page.field("storage", storage(storage)));
    page.field("drills", drills());
    page.field(
        "register",
        status.register().entries()
            + (status.register().entries() == 1 ? " entry" : " entries")
            + (status.register().sound() ? ", every chain unbroken" : ", not sound"));
    status.register().remarks().forEach(page::item);
    LastFailure failure = status.lastFailure();
    if (failure != null) {
      page.field("last failure", failure(failure));
    }
    status
        .restores()
        .keptDatabases()
        .forEach(name -> page.field("kept", "database '" + name + "', to go back to"));
  }

  private static String health(Style style, Health health) {
    return switch (health) {
      case OK -> style.good("ok");
      case WARNING -> style.doubtful("warning");
      case FAILING -> style.bad("FAILING");
    };
  }

  private String newest() {
    NewestGood newest = status.newest();
    if (newest == null) {
      return "none";
    }
    Duration left = status.rpo().minus(newest.age());
    return newest.id()
        + ", "
        + Measures.age(newest.startedAt(), status.at())
        + " old, "
        + newest.copiesProved()
        + (newest.copiesProved() == 1 ? " copy" : " copies")
        + " proved to "
        + Measures.word(newest.level())
        + "; "
        + (left.isNegative()
            ? "older than the RPO by " + Measures.duration(left.negated())
            : "within the RPO for another " + Measures.duration(left));
  }

  private static String storage(StorageStatus storage) {
    String counts =
        storage.proved() + " of " + Measures.count(storage.wanted(), "backup") + " proved";
    return storage.name() + ": " + (storage.readable() ? counts : storage.problem());
  }

  private String drills() {
    DrillStatus drills = status.drills();
    DrillRecord last = drills.last();
    String asked =
        drills.interval() == null
            ? "none asked for"
            : "one every " + Measures.setting(drills.interval()) + " asked for";
    if (last == null) {
      return "none held, " + asked;
    }
    Duration took = drills.took();
    return "last one "
        + last.result().toLowerCase(Locale.ROOT)
        + " at "
        + Measures.minute(last.at())
        + (took == null ? "" : ", restored in " + Measures.duration(took))
        + " (RTO "
        + Measures.setting(drills.rto())
        + "), "
        + asked;
  }

  private static String failure(LastFailure failure) {
    return Measures.minute(failure.at())
        + ", "
        + Measures.word(failure.event())
        + (failure.backup() == null ? "" : " of " + failure.backup())
        + (failure.storage() == null ? "" : " in " + failure.storage())
        + ": "
        + (failure.reason().isEmpty() ? failure.outcome() : failure.reason());
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "status")
        .put("health", status.health().name())
        .put("database", status.database())
        .put("at", status.at().toString())
        .put("rpoSeconds", status.rpo().toSeconds())
        .put("rpoRemainingSeconds", status.rpoRemaining().map(Duration::toSeconds).orElse(null))
        .put("backups", status.backups())
        .put("goodBackups", status.goodBackups());
    fillReasons(document.putArray("reasons"));
    fillNewest(document);
    fillStorages(document.putArray("storages"));
    fillDrills(document.putObject("drills"));
    fillFailure(document);
    Json.fillTexts(document.putArray("unfinishedRestores"), status.restores().unfinished());
    Json.fillTexts(document.putArray("keptDatabases"), status.restores().keptDatabases());
    ObjectNode register =
        document
            .putObject("register")
            .put("sound", status.register().sound())
            .put("entries", status.register().entries())
            .put("errors", status.register().errors())
            .put("firstError", status.register().firstError());
    Json.fillTexts(register.putArray("remarks"), status.register().remarks());
  }

  private void fillReasons(ArrayNode array) {
    for (Reason reason : status.reasons()) {
      array
          .addObject()
          .put("health", reason.health().name())
          .put("subject", reason.subject().name())
          .put("text", reason.text())
          .put("remedy", reason.remedy());
    }
  }

  private void fillNewest(ObjectNode document) {
    NewestGood newest = status.newest();
    if (newest == null) {
      document.putNull("newest");
      return;
    }
    document
        .putObject("newest")
        .put("id", newest.id().value())
        .put("startedAt", newest.startedAt().toString())
        .put("ageSeconds", newest.age().toSeconds())
        .put("level", newest.level().name())
        .put("copiesProved", newest.copiesProved())
        .put("copiesRequired", newest.copiesRequired())
        .put("storedBytes", newest.storedBytes());
  }

  private void fillStorages(ArrayNode array) {
    for (StorageStatus storage : status.storages()) {
      array
          .addObject()
          .put("storage", storage.name())
          .put("readable", storage.readable())
          .put("problem", storage.problem())
          .put("wanted", storage.wanted())
          .put("present", storage.present())
          .put("proved", storage.proved());
    }
  }

  private void fillDrills(ObjectNode node) {
    DrillStatus drills = status.drills();
    DrillRecord last = drills.last();
    node.put("intervalSeconds", seconds(drills.interval()))
        .put("rtoSeconds", drills.rto().toSeconds())
        .put("overdue", drills.overdue())
        .put("lastId", last == null ? null : last.id())
        .put("lastResult", last == null ? null : last.result())
        .put("lastAgeSeconds", seconds(drills.age()))
        .put("lastPassedAgeSeconds", seconds(drills.lastPassedAge()))
        .put("restoreMillis", drills.took() == null ? null : drills.took().toMillis());
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toSeconds();
  }

  private void fillFailure(ObjectNode document) {
    LastFailure failure = status.lastFailure();
    if (failure == null) {
      document.putNull("lastFailure");
      return;
    }
    document
        .putObject("lastFailure")
        .put("at", failure.at().toString())
        .put("event", failure.event().name())
        .put("outcome", failure.outcome())
        .put("backup", failure.backup() == null ? null : failure.backup().value())
        .put("storage", failure.storage())
        .put("reason", failure.reason());
  }
}
