package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.CopyState.Removal;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the register tells of each backup, indexed. */
final class History {
  private final Map<BackupId, List<RegisterEntry>> byBackup = new HashMap<>();
  private final Map<String, RegisterEntry> takenByRun = new LinkedHashMap<>();
  private final Map<String, RegisterEntry> takenByKey = new HashMap<>();

  /**
   * What is proved of a copy.
   *
   * @param removal when retention deleted the copy; what is proved of a later one stands beside it
   */
  record Proof(
      VerificationLevel level,
      @Nullable Instant at,
      @Nullable String problem,
      @Nullable Removal removal) {}

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
    } else if (isDeletion(entry) && entry.storage() == null) {
      takenByRun.remove(run);
      takenByKey.remove(key);
    }
  }

  private static boolean isDeletion(RegisterEntry entry) {
    return entry.event() == RegisterEvent.DELETION && entry.outcome().equals("DELETED");
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
            .orElseGet(() -> new Proof(VerificationLevel.NONE, null, null, null));
    for (RegisterEntry entry : of(manifest, storage).toList()) {
      proof = after(proof, entry);
    }
    String rejection = rejection(manifest);
    return rejection == null
        ? proof
        : new Proof(VerificationLevel.NONE, null, rejection, proof.removal());
  }

  /**
   * Why a drill rejected what the backup restores to, if none has passed since. It concerns every
   * copy: their bytes are the same, and however well they are kept, they do not restore.
   */
  private @Nullable String rejection(Manifest manifest) {
    String rejection = null;
    for (RegisterEntry entry : byBackup.getOrDefault(manifest.id(), List.of())) {
      boolean drilled =
          entry.event() == RegisterEvent.DRILL
              && manifest.run().equals(entry.details().get(RegisterDetails.RUN));
      if (drilled && entry.outcome().equals("REJECTED")) {
        rejection =
            "a drill rejected it: " + entry.details().getOrDefault(RegisterDetails.REASON, "");
      } else if (drilled && entry.outcome().equals("PASSED")) {
        rejection = null;
      }
    }
    return rejection;
  }

  private static Proof atBackup(CopyRecord copy) {
    return new Proof(copy.level(), copy.verifiedAt(), copy.problem(), null);
  }

  /**
   * Until when a copy's storage was told to refuse its deletion, by the manifest and by what was
   * recorded since; null if it was not.
   */
  @Nullable Instant lockedUntil(Manifest manifest, String storage) {
    Stream<Instant> atBackup =
        manifest.copies().stream()
            .filter(copy -> copy.storage().equals(storage))
            .map(CopyRecord::retainUntil)
            .filter(Objects::nonNull);
    Stream<Instant> since =
        of(manifest, storage)
            .map(entry -> entry.details().get(RegisterDetails.RETAIN_UNTIL))
            .filter(Objects::nonNull)
            .flatMap(History::instant);
    return Stream.concat(atBackup, since).max(Instant::compareTo).orElse(null);
  }

  private static Stream<Instant> instant(String text) {
    try {
      return Stream.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Stream.empty();
    }
  }

  private Stream<RegisterEntry> of(Manifest manifest, String storage) {
    return byBackup.getOrDefault(manifest.id(), List.of()).stream()
        .filter(entry -> storage.equals(entry.storage()))
        .filter(entry -> manifest.run().equals(entry.details().get(RegisterDetails.RUN)));
  }

  private static Proof after(Proof before, RegisterEntry entry) {
    if (isDeletion(entry)) {
      Removal removal = new Removal(entry.at(), level(entry));
      return new Proof(VerificationLevel.NONE, null, null, removal);
    }
    boolean examined =
        switch (entry.event()) {
          case VERIFICATION, REPLICATION -> true;
          case DRILL -> entry.outcome().equals("PASSED");
          default -> false;
        };
    if (!examined) {
      return before;
    }
    return switch (entry.outcome()) {
      case "PROVED", "PASSED", "COPIED" -> {
        VerificationLevel level = level(entry);
        yield new Proof(
            level.atLeast(before.level()) ? level : before.level(),
            entry.at(),
            null,
            before.removal());
      }
      case "REJECTED" ->
          new Proof(
              VerificationLevel.NONE,
              null,
              entry.details().getOrDefault(RegisterDetails.REASON, "rejected"),
              before.removal());
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
