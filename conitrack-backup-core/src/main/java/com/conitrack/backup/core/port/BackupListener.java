package com.conitrack.backup.core.port;

/**
 * Is told what happens. Called on the working threads: return quickly. What a listener throws is
 * logged and changes nothing.
 */
@FunctionalInterface
public interface BackupListener {
  /** Something happened. Calls for one operation come one after another. */
  void on(BackupEvent event);
}
