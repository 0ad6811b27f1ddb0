package com.conitrack.backup.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a restore may leave out of a dump, because whoever restores is not allowed to run it: on
 * managed hosts the user is no superuser. Names are persisted and never reused.
 */
public enum LeaveOut {
  /** Who owns an object ({@code ALTER … OWNER TO}): all belongs to whoever restores. */
  OWNERSHIP,
  /** {@code GRANT}, {@code REVOKE} and default privileges. */
  PRIVILEGES,
  /** {@code COMMENT ON EXTENSION}, which only an extension's owner may run. */
  EXTENSION_COMMENTS,
  /** Event triggers, which only superusers may make. */
  EVENT_TRIGGERS,
  /** Publications and subscriptions. */
  PUBLICATIONS;

  /** As it is spelled on the command line, in the policy and in the register. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** That of this word. */
  public static Optional<LeaveOut> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** All words, in their order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(LeaveOut::word).toList();
  }
}
