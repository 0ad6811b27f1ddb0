package com.conitrack.backup.core.schedule;

import java.time.Instant;

/** What is to be done now about a schedule. */
sealed interface NextStep {
  /** A backup is to be taken for {@code run}. */
  record Take(Run run) implements NextStep {}

  /**
   * Nothing before {@code until}.
   *
   * @param latest the last run that was due, which needs nothing or is to be tried again then
   */
  record Wait(Instant until, Run latest) implements NextStep {}
}
