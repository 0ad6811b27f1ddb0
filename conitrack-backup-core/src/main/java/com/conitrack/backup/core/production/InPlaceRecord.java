package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the register holds of one restore of tables in their place.
 *
 * @param id the restore's id
 * @param backup the backup
 * @param begunAt when it was begun
 * @param state how it stands
 * @param facts everything recorded of it by name, as {@link RegisterDetails} names it; a later
 *     entry's word goes before an earlier one's
 */
public record InPlaceRecord(
    String id, BackupId backup, Instant begunAt, State state, SortedMap<String, String> facts) {
  /** Outcome of the first entry. */
  public static final String BEGUN = "IN_PLACE_BEGUN";

  /** Outcome of the last entry if the rows are the backup's. */
  public static final String DONE = "IN_PLACE_DONE";

  /** Outcome of the last entry if they are what they were, unless its detail says otherwise. */
  public static final String FAILED = "IN_PLACE_FAILED";

  public InPlaceRecord {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  /** How it stands. */
  public enum State {
    /** It is at work, or was interrupted. */
    BEGUN,
    /** The rows are the backup's. */
    DONE,
    /** They are what they were. */
    FAILED
  }

  /** All of one database, oldest first. */
  public static List<InPlaceRecord> of(List<RegisterEntry> entries, String database) {
    Map<String, InPlaceRecord> found = new LinkedHashMap<>();
    for (RegisterEntry entry : entries) {
      String id = entry.details().get(RegisterDetails.RESTORE);
      if (id != null && entry.event() == RegisterEvent.RESTORE) {
        InPlaceRecord known = found.get(id);
        BackupId backup = entry.backup();
        if (known != null) {
          found.put(id, known.then(entry));
        } else if (backup != null
            && entry.outcome().equals(BEGUN)
            && database.equals(entry.details().get(RegisterDetails.DATABASE))) {
          found.put(id, new InPlaceRecord(id, backup, entry.at(), State.BEGUN, entry.details()));
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  private InPlaceRecord then(RegisterEntry entry) {
    SortedMap<String, String> more = new TreeMap<>(facts);
    more.putAll(entry.details());
    State next =
        switch (entry.outcome()) {
          case DONE -> State.DONE;
          case FAILED -> State.FAILED;
          default -> state;
        };
    return new InPlaceRecord(id, backup, begunAt, next, more);
  }

  /** A fact by its name, null if it was not recorded. */
  public @Nullable String fact(String name) {
    return facts.get(name);
  }
}
