package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners; what they throw is logged and goes no further. Safe for use by many threads. */
public final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private final List<BackupListener> listeners;

  /** For those who are to be told, in this order. */
  public Events(List<BackupListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Tells every listener, one event at a time. */
  public synchronized void tell(BackupEvent event) {
    for (BackupListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        LOG.warn("a backup listener failed on {}", event.getClass().getSimpleName(), e);
      }
    }
  }
}
