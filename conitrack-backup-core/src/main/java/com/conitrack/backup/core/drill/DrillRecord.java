package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A drill as the register tells it: the line of a table of restore tests (SOP-001, section 12).
 *
 * @param id the drill's entry, by which it is signed off
 * @param at when it ended
 * @param quarter the quarter it counts for, such as {@code 2026-Q4}
 * @param backup the backup restored
 * @param environment server and version; null if it could not be asked
 * @param minutes how long the restore took, with one decimal
 * @param rows rows verified
 * @param executedBy who held it
 * @param result PASSED, FAILED or REJECTED
 * @param remarks why it did not pass, and what else there is to know; empty if nothing
 * @param signOff what quality assurance says of it; null as long as it says nothing
 */
public record DrillRecord(
    String id,
    Instant at,
    String quarter,
    String backup,
    @Nullable String environment,
    String minutes,
    long rows,
    String executedBy,
    String result,
    String remarks,
    @Nullable SignOff signOff) {
  static final String STARTED = "STARTED";
  static final String PASSED = "PASSED";
  static final String FAILED = "FAILED";
  static final String REJECTED = "REJECTED";

  /**
   * A drill signed off.
   *
   * @param person who signed, another than who held it
   * @param role as what
   * @param result ACCEPTED or REFUSED
   * @param remarks in words; empty if none
   */
  public record SignOff(Instant at, String person, String role, String result, String remarks) {}

  /**
   * The drills that ended, oldest first.
   *
   * @param entries of a register, ordered by time
   */
  public static List<DrillRecord> of(List<RegisterEntry> entries) {
    Map<String, SignOff> signed = new HashMap<>();
    for (RegisterEntry entry : entries) {
      if (entry.event() == RegisterEvent.DRILL_SIGN_OFF) {
        signed.putIfAbsent(detail(entry, RegisterDetails.DRILL), signOff(entry));
      }
    }
    List<DrillRecord> drills = new ArrayList<>();
    for (RegisterEntry entry : entries) {
      if (isEnd(entry)) {
        drills.add(of(entry, signed.get(entry.id())));
      }
    }
    return drills;
  }

  static boolean isEnd(RegisterEntry entry) {
    return entry.event() == RegisterEvent.DRILL && !entry.outcome().equals(STARTED);
  }

  private static DrillRecord of(RegisterEntry entry, @Nullable SignOff signOff) {
    return new DrillRecord(
        entry.id(),
        entry.at(),
        detail(entry, RegisterDetails.QUARTER),
        String.valueOf(entry.backup()),
        entry.details().get(RegisterDetails.ENVIRONMENT),
        detail(entry, RegisterDetails.MINUTES),
        rows(entry),
        entry.actor().name(),
        entry.outcome(),
        remarks(entry),
        signOff);
  }

  private static SignOff signOff(RegisterEntry entry) {
    return new SignOff(
        entry.at(),
        detail(entry, RegisterDetails.PERSON),
        detail(entry, RegisterDetails.ROLE),
        entry.outcome(),
        detail(entry, RegisterDetails.REMARKS));
  }

  private static String remarks(RegisterEntry entry) {
    String reason = detail(entry, RegisterDetails.REASON);
    String remarks = detail(entry, RegisterDetails.REMARKS);
    return reason.isEmpty() || remarks.isEmpty() ? reason + remarks : reason + "; " + remarks;
  }

  private static long rows(RegisterEntry entry) {
    String text = detail(entry, RegisterDetails.ROWS);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static String detail(RegisterEntry entry, String name) {
    return entry.details().getOrDefault(name, "");
  }
}
