package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The written record of one restore of real data: what the register holds of it.
 *
 * @param id the restore's id
 * @param backup the backup
 * @param begunAt when it was begun
 * @param executor who carried it out
 * @param state how it stands
 * @param steps what was done, in order
 * @param facts everything recorded of it by name, as {@link RegisterDetails} names it; a later
 *     entry's word goes before an earlier one's
 */
public record RestoreRecord(
    String id,
    BackupId backup,
    Instant begunAt,
    String executor,
    State state,
    List<Step> steps,
    SortedMap<String, String> facts) {
  static final String BEGUN = "BEGUN";
  static final String STEP = "STEP";
  static final String PASSED = "PASSED";
  static final String FAILED = "FAILED";
  static final String ROLLBACK_BEGUN = "ROLLBACK_BEGUN";
  static final String ROLLED_BACK = "ROLLED_BACK";
  static final String ROLLBACK_FAILED = "ROLLBACK_FAILED";
  static final String DISCARDED = "DISCARDED";

  public RestoreRecord {
    steps = List.copyOf(steps);
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  /** How a restore stands. */
  public enum State {
    /** It is at work, or was interrupted. */
    BEGUN,
    /** The database is the backup's. */
    PASSED,
    /** It ended without replacing the database, unless its detail says otherwise. */
    FAILED,
    /** The way back is at work, or was interrupted. */
    ROLLBACK_BEGUN,
    /** The database is the one from before. */
    ROLLED_BACK
  }

  /**
   * One thing that was done.
   *
   * @param name what
   * @param endedAt when it ended
   * @param took how long it took
   * @param detail what came of it
   */
  public record Step(String name, Instant endedAt, Duration took, String detail) {}

  /** All restores that a register knows of one database, oldest first. */
  public static List<RestoreRecord> of(List<RegisterEntry> entries, String database) {
    Map<String, List<RegisterEntry>> byId = new LinkedHashMap<>();
    for (RegisterEntry entry : entries) {
      String id = entry.details().get(RegisterDetails.RESTORE);
      if (entry.event() == RegisterEvent.RESTORE && id != null) {
        byId.computeIfAbsent(id, any -> new ArrayList<>()).add(entry);
      }
    }
    return byId.values().stream()
        .map(RestoreRecord::of)
        .flatMap(Optional::stream)
        .filter(found -> database.equals(found.facts.get(RegisterDetails.DATABASE)))
        .toList();
  }

  private static Optional<RestoreRecord> of(List<RegisterEntry> entries) {
    RegisterEntry first =
        entries.stream().filter(e -> e.outcome().equals(BEGUN)).findFirst().orElse(null);
    if (first == null || first.backup() == null) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    SortedMap<String, String> facts = new TreeMap<>();
    State state = State.BEGUN;
    for (RegisterEntry entry : entries) {
      state = after(state, entry.outcome());
      if (entry.outcome().equals(STEP)) {
        steps.add(step(entry));
      }
      facts.putAll(entry.details());
      if (entry.outcome().equals(DISCARDED)) {
        facts.remove(RegisterDetails.ASIDE);
        facts.remove(RegisterDetails.UNDONE);
      }
    }
    facts.remove(RegisterDetails.STEP);
    return Optional.of(
        new RestoreRecord(
            first.details().getOrDefault(RegisterDetails.RESTORE, ""),
            first.backup(),
            first.at(),
            first.actor().name(),
            state,
            steps,
            facts));
  }

  private static State after(State before, String outcome) {
    return switch (outcome) {
      case PASSED -> before == State.BEGUN ? State.PASSED : before;
      case FAILED -> before == State.BEGUN ? State.FAILED : before;
      case ROLLBACK_BEGUN -> State.ROLLBACK_BEGUN;
      case ROLLBACK_FAILED -> State.PASSED;
      case ROLLED_BACK -> State.ROLLED_BACK;
      default -> before;
    };
  }

  private static Step step(RegisterEntry entry) {
    Map<String, String> details = entry.details();
    String millis = details.getOrDefault(RegisterDetails.DURATION_MILLIS, "0");
    return new Step(
        details.getOrDefault(RegisterDetails.STEP, ""),
        entry.at(),
        Duration.ofMillis(millis.matches("\\d{1,18}") ? Long.parseLong(millis) : 0),
        details.getOrDefault(RegisterDetails.DETAIL, ""));
  }

  /** A fact by its name, null if it was not recorded. */
  public @Nullable String fact(String name) {
    return facts.get(name);
  }

  /** What of the backup it did not load. */
  public LeftOut leftOut() {
    return LeftOut.parse(facts.getOrDefault(RegisterDetails.LEFT_OUT, ""));
  }

  /** The database it replaced. */
  public String database() {
    return facts.getOrDefault(RegisterDetails.DATABASE, "");
  }

  /** How it replaced it. */
  public RestoreStrategy strategy() {
    return RestoreStrategy.valueOf(
        facts.getOrDefault(RegisterDetails.STRATEGY, RestoreStrategy.SWAP.name()));
  }

  /** Whether it was begun and its end is not on record. */
  public boolean open() {
    return state == State.BEGUN || state == State.ROLLBACK_BEGUN;
  }

  /** The database it left beside the one in use, to go back to or to look at; null if none. */
  public @Nullable String leftBeside() {
    return switch (state) {
      case PASSED -> strategy() == RestoreStrategy.SWAP ? facts.get(RegisterDetails.ASIDE) : null;
      case ROLLED_BACK -> facts.get(RegisterDetails.UNDONE);
      default -> null;
    };
  }
}
