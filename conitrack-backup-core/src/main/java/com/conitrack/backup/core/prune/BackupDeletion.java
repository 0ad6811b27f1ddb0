package com.conitrack.backup.core.prune;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deletes one backup from some storages or all, and records what became of it. The dump goes first
 * and its manifest last, so that what is half deleted still says what it was.
 */
final class BackupDeletion {
  private static final String LEVEL_IN = "copy.";

  private final Setup setup;
  private final Register register;

  BackupDeletion(Setup setup, Register register) {
    this.setup = setup;
    this.register = register;
  }

  /**
   * What became of it.
   *
   * @param deletedFrom storages where something of it was, and is no more
   * @param refusals what refused, one sentence each
   */
  record Result(List<String> deletedFrom, List<String> refusals) {
    boolean complete() {
      return refusals.isEmpty();
    }
  }

  private record Attempt(String storage, boolean found, @Nullable String refusal) {}

  /** How far the copy in a storage was proved, as a fact for the register. */
  static void noteLevel(Map<String, String> details, String storage, String level) {
    details.put(LEVEL_IN + storage, level);
  }

  /**
   * Deletes it there.
   *
   * @param planned the facts that were recorded before: key, run, reason, levels
   * @param whole whether nothing of it stays in any storage if none refuses
   */
  Result delete(BackupId id, List<String> storages, Map<String, String> planned, boolean whole) {
    String key = planned.getOrDefault(RegisterDetails.KEY, "");
    List<Attempt> attempts = storages.stream().map(name -> attempt(name, key)).toList();
    List<String> refusals = new ArrayList<>();
    List<String> deletedFrom = new ArrayList<>();
    for (Attempt attempt : attempts) {
      if (attempt.refusal != null) {
        refusals.add(attempt.refusal);
      } else if (attempt.found) {
        deletedFrom.add(attempt.storage);
      }
    }
    if (whole && refusals.isEmpty()) {
      record(id, null, "DELETED", withoutLevels(planned));
    } else {
      attempts.forEach(attempt -> record(id, attempt, planned));
    }
    return new Result(deletedFrom, refusals);
  }

  private Attempt attempt(String name, String key) {
    BackupStorage storage = setup.storage(name);
    if (storage == null) {
      return new Attempt(name, false, "storage '" + name + "' is not configured any more");
    }
    try {
      boolean dump = storage.delete(key);
      boolean manifest = storage.delete(Manifest.keyOf(key));
      return new Attempt(name, dump || manifest, null);
    } catch (StorageException e) {
      return new Attempt(name, true, tell(name, e));
    }
  }

  private static String tell(String storage, StorageException refusal) {
    return refusal.kind() == ErrorKind.IMMUTABLE
        ? "storage '" + storage + "' keeps it locked: " + refusal.why()
        : String.valueOf(refusal.getMessage());
  }

  private void record(BackupId id, Attempt attempt, Map<String, String> planned) {
    Map<String, String> details = withoutLevels(planned);
    if (attempt.refusal != null) {
      details.put(RegisterDetails.REASON, attempt.refusal);
      record(id, attempt.storage, "REFUSED", details);
    } else if (attempt.found) {
      String level = planned.get(LEVEL_IN + attempt.storage);
      if (level != null) {
        details.put(RegisterDetails.LEVEL, level);
      }
      record(id, attempt.storage, "DELETED", details);
    }
  }

  private static Map<String, String> withoutLevels(Map<String, String> planned) {
    Map<String, String> details = new TreeMap<>(planned);
    details.keySet().removeIf(name -> name.startsWith(LEVEL_IN));
    details.remove(RegisterDetails.STORAGES);
    return details;
  }

  private void record(
      BackupId id, @Nullable String storage, String outcome, Map<String, String> details) {
    register.append(setup.entry(RegisterEvent.DELETION, outcome, id, storage, details));
  }
}
