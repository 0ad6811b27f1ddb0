package com.conitrack.backup.core.schedule;

/** How a run stands. */
public enum RunState {
  /** A good backup was taken for it in time. */
  DONE,
  /** A good backup was taken for it, begun after its grace. */
  LATE,
  /** It was tried without a good backup coming of it. A later attempt may make it DONE or LATE. */
  FAILED,
  /** Its grace is over and nobody has tried. Catching up may make it LATE. */
  MISSED,
  /** It is to come, or its grace is not over. */
  DUE
}
