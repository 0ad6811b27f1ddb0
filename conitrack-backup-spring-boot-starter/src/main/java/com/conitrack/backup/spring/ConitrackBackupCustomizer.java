package com.conitrack.backup.spring;

import com.conitrack.backup.core.ConitrackBackupBuilder;

/**
 * Changes how backups are put together, after the settings have been applied. Beans of this type
 * are called in their order ({@code @Order}), for every database that is backed up.
 */
@FunctionalInterface
public interface ConitrackBackupCustomizer {
  /** Changes the builder; must not build. */
  void customize(ConitrackBackupBuilder builder);
}
