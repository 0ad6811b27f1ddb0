package com.conitrack.backup.core.schedule;

/**
 * Is told what a scheduler does. Called on the scheduler's thread: return quickly. What a listener
 * throws is logged and changes nothing.
 */
@FunctionalInterface
public interface ScheduleListener {
  /** Something happened. */
  void on(ScheduleEvent event);
}
