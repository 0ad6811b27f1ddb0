package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.schedule.Run;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.LastFailure;
import com.conitrack.backup.core.status.NewestGood;
import com.conitrack.backup.core.status.Reason;
import com.conitrack.backup.core.status.StorageStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the backups as maps of texts and numbers, which every JSON library writes alike.
 * Members are named as in the command's JSON, {@code docs/cli.md}.
 */
final class StatusDocument {
  private StatusDocument() {}

  static Map<String, @Nullable Object> of(BackupStatus status) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("health", status.health().name());
    map.put("database", status.database());
    map.put("at", status.at().toString());
    map.put("readAt", status.readAt().toString());
    map.put("rpoSeconds", status.rpo().toSeconds());
    map.put("rpoRemainingSeconds", status.rpoRemaining().map(Duration::toSeconds).orElse(null));
    map.put("backups", status.backups());
    map.put("goodBackups", status.goodBackups());
    map.put("reasons", status.reasons().stream().map(StatusDocument::of).toList());
    map.put("newest", status.newest() == null ? null : of(status.newest()));
    map.put("storages", status.storages().stream().map(StatusDocument::of).toList());
    map.put("drills", drills(status));
    map.put("lastFailure", status.lastFailure() == null ? null : of(status.lastFailure()));
    map.put("unfinishedRestores", status.restores().unfinished());
    map.put("keptDatabases", status.restores().keptDatabases());
    map.put("register", register(status));
    return map;
  }

  private static Map<String, @Nullable Object> of(Reason reason) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("health", reason.health().name());
    map.put("subject", reason.subject().name());
    map.put("text", reason.text());
    map.put("remedy", reason.remedy());
    return map;
  }

  private static Map<String, @Nullable Object> of(NewestGood newest) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", newest.id().value());
    map.put("startedAt", newest.startedAt().toString());
    map.put("ageSeconds", newest.age().toSeconds());
    map.put("level", newest.level().name());
    map.put("copiesProved", newest.copiesProved());
    map.put("copiesRequired", newest.copiesRequired());
    map.put("storedBytes", newest.storedBytes());
    return map;
  }

  private static Map<String, @Nullable Object> of(StorageStatus storage) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("storage", storage.name());
    map.put("readable", storage.readable());
    map.put("problem", storage.problem());
    map.put("wanted", storage.wanted());
    map.put("present", storage.present());
    map.put("proved", storage.proved());
    return map;
  }

  private static Map<String, @Nullable Object> drills(BackupStatus status) {
    DrillRecord last = status.drills().last();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("intervalSeconds", seconds(status.drills().interval()));
    map.put("rtoSeconds", status.drills().rto().toSeconds());
    map.put("overdue", status.drills().overdue());
    map.put("lastId", last == null ? null : last.id());
    map.put("lastResult", last == null ? null : last.result());
    map.put("lastAgeSeconds", seconds(status.drills().age()));
    map.put("lastPassedAgeSeconds", seconds(status.drills().lastPassedAge()));
    Duration took = status.drills().took();
    map.put("restoreMillis", took == null ? null : took.toMillis());
    return map;
  }

  private static Map<String, @Nullable Object> of(LastFailure failure) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("at", failure.at().toString());
    map.put("event", failure.event().name());
    map.put("outcome", failure.outcome());
    map.put("backup", failure.backup() == null ? null : failure.backup().value());
    map.put("storage", failure.storage());
    map.put("reason", failure.reason());
    return map;
  }

  private static Map<String, @Nullable Object> register(BackupStatus status) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("sound", status.register().sound());
    map.put("entries", status.register().entries());
    map.put("errors", status.register().errors());
    map.put("firstError", status.register().firstError());
    map.put("remarks", status.register().remarks());
    return map;
  }

  static Map<String, @Nullable Object> of(CatalogueEntry entry) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", entry.id().value());
    map.put("database", entry.manifest().database().name());
    map.put("trigger", entry.manifest().trigger().name());
    map.put("reason", entry.manifest().reason());
    SchemaChange change = entry.manifest().change();
    map.put("change", change == null ? null : of(change));
    map.put("startedAt", entry.manifest().startedAt().toString());
    map.put("durationMillis", entry.manifest().duration().toMillis());
    map.put("storedBytes", entry.manifest().dump().stored().bytes());
    map.put("good", entry.good());
    map.put("level", entry.level().name());
    map.put("hold", entry.hold());
    map.put("copies", entry.copies().stream().map(StatusDocument::of).toList());
    return map;
  }

  private static Map<String, @Nullable Object> of(SchemaChange change) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("tool", change.tool());
    map.put("currentVersion", change.currentVersion());
    map.put("targetVersion", change.targetVersion());
    map.put("pendingScripts", change.pendingScripts().stream().map(StatusDocument::of).toList());
    return map;
  }

  private static Map<String, @Nullable Object> of(SchemaChange.Script script) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", script.name());
    map.put("checksum", script.checksum());
    return map;
  }

  private static Map<String, @Nullable Object> of(CopyState copy) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("storage", copy.storage());
    map.put("present", copy.present());
    map.put("level", copy.level().name());
    map.put("verifiedAt", copy.verifiedAt() == null ? null : copy.verifiedAt().toString());
    map.put("problem", copy.problem());
    return map;
  }

  static Map<String, @Nullable Object> of(Run run) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("due", run.due().toString());
    map.put("state", run.state().name());
    map.put("backup", run.backup() == null ? null : run.backup().value());
    map.put("delaySeconds", seconds(run.delay()));
    return map;
  }

  static Map<String, @Nullable Object> of(RegisterEntry entry) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", entry.id());
    map.put("at", entry.at().toString());
    map.put("event", entry.event().name());
    map.put("outcome", entry.outcome());
    map.put("backup", entry.backup() == null ? null : entry.backup().value());
    map.put("storage", entry.storage());
    map.put("actor", entry.actor().name());
    map.put("details", entry.details());
    return map;
  }

  static <T> List<T> newest(List<T> oldestFirst, int limit) {
    return oldestFirst.subList(Math.max(0, oldestFirst.size() - limit), oldestFirst.size());
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toSeconds();
  }
}
