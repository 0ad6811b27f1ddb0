package com.conitrack.backup.spring.observe;

import java.time.Duration;

/** When a run counts as late. */
public final class RunGrace {
  /** How long after its instant a run may begin and still be in time. */
  public static final Duration USUAL = Duration.ofHours(1);

  private RunGrace() {}
}
