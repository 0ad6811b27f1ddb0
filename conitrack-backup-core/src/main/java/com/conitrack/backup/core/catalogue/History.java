package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the register tells of each backup, indexed. */
final class History {
  private final Map<BackupId, List<RegisterEntry>> byBackup = new HashMap<>();
  private final Map<String, RegisterEntry> takenByRun = new LinkedHashMap<>();
  private final Map<String, RegisterEntry> takenByKey = new HashMap<>();

  /** What is proved of a copy. */
  record Proof(VerificationLevel level, @Nullable Instant at, @Nullable String problem) {}

  /**
   * @param entries in the order of time
   */
  History(List<RegisterEntry> entries) {
    entries.forEach(this::add);
  }

  private void add(RegisterEntry entry) {
    BackupId backup = entry.backup();
    if (backup != null) {
      byBackup.computeIfAbsent(backup, id -> new ArrayList<>()).add(entry);
    }
    String run = entry.details().get(RegisterDetails.RUN);
    String key = entry.details().get(RegisterDetails.KEY);
    if (run == null || key == null) {
      return;
    }
    if (entry.event() == RegisterEvent.BACKUP && !entry.outcome().equals("FAILED")) {
      takenByRun.put(run, entry);
      takenByKey.put(key, entry);
    } else if (entry.event() == RegisterEvent.DELETION && entry.outcome().equals("DELETED")) {
      takenByRun.remove(run);
      takenByKey.remove(key);
    }
  }

  /** Backups that were taken and not deleted since. */
  Collection<RegisterEntry> taken() {
    return takenByRun.values();
  }

  /** The entry of the backup whose dump has that key. */
  Optional<RegisterEntry> takenAt(String dumpKey) {
    return Optional.ofNullable(takenByKey.get(dumpKey));
  }

  /** The reason of a hold that was not released since. */
  @Nullable String hold(BackupId id) {
    String hold = null;
    for (RegisterEntry entry : byBackup.getOrDefault(id, List.of())) {
      if (entry.event() == RegisterEvent.HOLD) {
        hold = entry.details().getOrDefault(RegisterDetails.REASON, "held");
      } else if (entry.event() == RegisterEvent.RELEASE) {
        hold = null;
      }
    }
    return hold;
  }

  /** What is proved of a copy by the manifest and by everything that was recorded since. */
  Proof proof(Manifest manifest, String storage) {
    Proof proof =
        manifest.copies().stream()
            .filter(copy -> copy.storage().equals(storage))
            .findFirst()
            .map(History::atBackup)
            .orElseGet(() -> new Proof(VerificationLevel.NONE, null, null));
    for (RegisterEntry entry : byBackup.getOrDefault(manifest.id(), List.of())) {
      if (storage.equals(entry.storage())
          && manifest.run().equals(entry.details().get(RegisterDetails.RUN))) {
        proof = after(proof, entry);
      }
    }
    return proof;
  }

  private static Proof atBackup(CopyRecord copy) {
    return new Proof(copy.level(), copy.verifiedAt(), copy.problem());
  }

  private static Proof after(Proof before, RegisterEntry entry) {
    boolean examined =
        entry.event() == RegisterEvent.VERIFICATION || entry.event() == RegisterEvent.DRILL;
    if (!examined) {
      return before;
    }
    return switch (entry.outcome()) {
      case "PROVED", "PASSED" -> {
        VerificationLevel level = level(entry);
        yield new Proof(level.atLeast(before.level()) ? level : before.level(), entry.at(), null);
      }
      case "REJECTED" ->
          new Proof(
              VerificationLevel.NONE,
              null,
              entry.details().getOrDefault(RegisterDetails.REASON, "rejected"));
      default -> before;
    };
  }

  private static VerificationLevel level(RegisterEntry entry) {
    try {
      return VerificationLevel.valueOf(entry.details().getOrDefault(RegisterDetails.LEVEL, "NONE"));
    } catch (IllegalArgumentException e) {
      return VerificationLevel.NONE;
    }
  }
}
