package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.port.SideSchema;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records what is done with single tables. */
final class TablesLog {
  static final String SIDE_LOADED = "SIDE_LOADED";
  static final String SIDE_FAILED = "SIDE_FAILED";
  static final String SIDE_DROPPED = "SIDE_DROPPED";

  private final Setup setup;
  private final Register register;

  TablesLog(Setup setup, Register register) {
    this.setup = setup;
    this.register = register;
  }

  /** How it ended to put tables beside. */
  void side(SideOutcome outcome, String schema, List<String> patterns) {
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.SCHEMA, schema);
    details.put(RegisterDetails.TABLE_NAMES, String.join(", ", patterns));
    boolean loaded = false;
    if (outcome instanceof SideOutcome.Loaded found) {
      loaded = true;
      details.put(
          RegisterDetails.TABLE_NAMES,
          String.join(", ", found.tables().stream().map(t -> t.source().toString()).toList()));
      details.put(RegisterDetails.TABLES, Integer.toString(found.tables().size()));
      details.put(RegisterDetails.ROWS, Long.toString(found.rows()));
      details.put(RegisterDetails.SOURCE, found.storage());
      details.put(RegisterDetails.DURATION_MILLIS, Long.toString(found.took().toMillis()));
    } else if (outcome instanceof SideOutcome.Different found) {
      details.put(RegisterDetails.REASON, String.join("; ", found.differences()));
    } else if (outcome instanceof SideOutcome.Failed found) {
      details.put(RegisterDetails.REASON, String.valueOf(found.failure().getMessage()));
    }
    append(loaded ? SIDE_LOADED : SIDE_FAILED, outcome.backup(), details);
  }

  /**
   * A sentence for each schema whose loading is not on record: whoever made it was killed before it
   * was compared with the backup. To be asked under the lock.
   */
  List<String> neverCompared(List<SideSchema> schemas) {
    Map<String, String> last = new TreeMap<>();
    for (RegisterEntry entry : register.entries()) {
      String schema = entry.details().get(RegisterDetails.SCHEMA);
      if (schema != null && entry.outcome().startsWith("SIDE_")) {
        last.put(schema, entry.outcome());
      }
    }
    return schemas.stream()
        .map(SideSchema::name)
        .filter(name -> !SIDE_LOADED.equals(last.get(name)))
        .map(
            name ->
                "schema '%1$s' was left by a restore of tables that was interrupted before it was compared with its backup: do not rely on it, 'restore-tables --drop %1$s' deletes it"
                    .formatted(name))
        .toList();
  }

  /** A schema beside was dropped. */
  void sideDropped(String schema, DatabaseFacts facts) {
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.SCHEMA, schema);
    details.put(RegisterDetails.TARGET, facts.name() + "@" + facts.server());
    append(SIDE_DROPPED, null, details);
  }

  private void append(String outcome, @Nullable BackupId backup, Map<String, String> details) {
    register.append(setup.entry(RegisterEvent.RESTORE, outcome, backup, null, details));
  }
}
