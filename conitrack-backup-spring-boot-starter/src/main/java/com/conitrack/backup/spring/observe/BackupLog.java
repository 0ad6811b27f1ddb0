package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A log line for what matters of a backup, with its facts as key-value pairs for structured logs.
 */
final class BackupLog implements BackupListener {
  private static final Logger LOG = LoggerFactory.getLogger("com.conitrack.backup.events");

  @Override
  public void on(BackupEvent event) {
    if (event instanceof BackupEvent.Started started) {
      LOG.atInfo()
          .addKeyValue("conitrack.backup.trigger", started.trigger())
          .log(
              "backup {} of database '{}' begins ({})",
              started.backup(),
              started.database(),
              started.trigger());
    } else if (event instanceof BackupEvent.CopyFailed failed) {
      LOG.atWarn()
          .addKeyValue("conitrack.backup.storage", failed.storage())
          .log(
              "no copy of backup {} in storage '{}': {}",
              failed.backup(),
              failed.storage(),
              failed.reason());
    } else if (event instanceof BackupEvent.CopyRejected rejected) {
      LOG.atError()
          .addKeyValue("conitrack.backup.storage", rejected.storage())
          .log(
              "the copy of backup {} in storage '{}' is wanting: {}",
              rejected.backup(),
              rejected.storage(),
              rejected.reason());
    } else if (event instanceof BackupEvent.Finished finished) {
      LOG.atLevel(finished.result().equals("COMPLETE") ? Level.INFO : Level.WARN)
          .addKeyValue("conitrack.backup.result", finished.result())
          .addKeyValue("conitrack.backup.millis", finished.elapsed().toMillis())
          .log(
              "backup {} ended: {}, {} ms",
              finished.backup(),
              finished.result(),
              finished.elapsed().toMillis());
    }
  }
}
