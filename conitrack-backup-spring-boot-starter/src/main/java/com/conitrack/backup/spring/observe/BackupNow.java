package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Trigger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Takes a backup when a person asks for it, without keeping them waiting for a large one. */
final class BackupNow {
  private final ConitrackBackup backups;
  private final Duration patience;

  BackupNow(ConitrackBackup backups, Duration patience) {
    this.backups = backups;
    this.patience = patience;
  }

  /** How it ended, or that it is still running when patience has run out; then it goes on. */
  Map<String, @Nullable Object> take(@Nullable String reason) {
    CompletableFuture<Map<String, @Nullable Object>> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> answer.complete(outcome(reason)), "conitrack-backup-now");
    thread.start();
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return running();
    } catch (TimeoutException | ExecutionException e) {
      return running();
    }
  }

  private static Map<String, @Nullable Object> running() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("result", "RUNNING");
    return map;
  }

  private Map<String, @Nullable Object> outcome(@Nullable String reason) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    try {
      BackupOutcome outcome = backups.backup(request(reason));
      map.put("result", result(outcome));
      map.put("id", outcome.id().value());
      map.put("good", outcome.good());
      map.put("remarks", outcome.remarks());
      if (outcome instanceof BackupOutcome.Failed failed) {
        map.put("error", String.valueOf(failed.failure().getMessage()));
      }
    } catch (BackupException e) {
      map.put("result", e.kind().name());
      map.put("error", String.valueOf(e.getMessage()));
    }
    return map;
  }

  private static BackupRequest request(@Nullable String reason) {
    return reason == null
        ? BackupRequest.of(Trigger.MANUAL)
        : BackupRequest.of(Trigger.MANUAL).because(reason);
  }

  private static String result(BackupOutcome outcome) {
    return outcome instanceof BackupOutcome.Complete
        ? "COMPLETE"
        : outcome instanceof BackupOutcome.Degraded ? "DEGRADED" : "FAILED";
  }
}
