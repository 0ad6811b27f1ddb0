package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupId;

/**
 * Stops the application before its database is replaced, and starts it afterwards. Called on the
 * restore's thread, one after the other. Both must be harmless when repeated: after a crash of the
 * restore the application is started again by whoever clears up.
 */
public interface ApplicationHooks {
  /** Does nothing. */
  ApplicationHooks NONE =
      new ApplicationHooks() {
        @Override
        public void stop(Context context) {
          // Sessions still open are ended when the database is replaced.
        }

        @Override
        public void start(Context context) {
          // It connects again by itself.
        }
      };

  /**
   * What is being restored.
   *
   * @param restore the restore's id
   * @param backup the backup
   * @param database the database's name
   */
  record Context(String restore, BackupId backup, String database) {}

  /**
   * Stops the application. Whatever is thrown aborts the restore before anything was touched; the
   * application is then started again.
   */
  void stop(Context context);

  /**
   * Starts the application; called whenever {@link #stop} was, however the restore ended. What is
   * thrown is told and recorded, and undoes nothing.
   */
  void start(Context context);
}
