package com.conitrack.backup.core.schedule;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what happens and tells listeners. */
final class Announcements {
  private static final Logger LOG = LoggerFactory.getLogger(BackupScheduler.class);

  private final List<ScheduleListener> listeners;

  Announcements(List<ScheduleListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void tell(ScheduleEvent event) {
    if (event.isTrouble()) {
      LOG.warn("{}", event.text());
    } else {
      LOG.info("{}", event.text());
    }
    for (ScheduleListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        LOG.warn("a listener failed on {}", event.getClass().getSimpleName(), e);
      }
    }
  }
}
