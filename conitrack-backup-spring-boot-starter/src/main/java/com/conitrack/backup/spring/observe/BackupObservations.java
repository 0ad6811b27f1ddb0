package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An observation, and so a span, for each backup, from its dump to its last proof. A backup tells
 * of its begin and end on one thread, so that what is traced meanwhile belongs to it.
 */
final class BackupObservations implements BackupListener {
  private final ObservationRegistry registry;
  private final Map<BackupId, Open> open = new ConcurrentHashMap<>();

  private record Open(Observation observation, Observation.Scope scope) {}

  BackupObservations(ObservationRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void on(BackupEvent event) {
    if (event instanceof BackupEvent.Started started) {
      begin(started);
      return;
    }
    Open current = open.get(event.backup());
    if (current == null) {
      return;
    }
    if (event instanceof BackupEvent.Failed failed) {
      current.observation.lowCardinalityKeyValue(
          "conitrack.backup.failure", word(failed.kind().name()));
      current.observation.error(new BackupNotTaken(failed.reason()));
    } else if (event instanceof BackupEvent.Finished finished) {
      open.remove(event.backup());
      current.observation.lowCardinalityKeyValue(
          "conitrack.backup.result", word(finished.result()));
      current.scope.close();
      current.observation.stop();
    }
  }

  private void begin(BackupEvent.Started started) {
    Observation observation =
        Observation.createNotStarted("conitrack.backup", registry)
            .contextualName("backup")
            .lowCardinalityKeyValue("conitrack.backup.trigger", word(started.trigger().name()))
            .highCardinalityKeyValue("conitrack.backup.id", started.backup().value())
            .start();
    open.put(started.backup(), new Open(observation, observation.openScope()));
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Stands for a failed backup in a span. */
  private static final class BackupNotTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupNotTaken(String reason) {
      super(reason, null, false, false);
    }
  }
}
