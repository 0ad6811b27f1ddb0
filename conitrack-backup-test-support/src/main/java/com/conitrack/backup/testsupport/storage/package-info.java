/**
 * What every {@link com.conitrack.backup.core.port.BackupStorage} must pass, and a storage that
 * fails on demand.
 */
@NullMarked
package com.conitrack.backup.testsupport.storage;

import org.jspecify.annotations.NullMarked;
