/**
 * Taking a backup: one pass from the dump to proved copies. Start at {@link
 * com.conitrack.backup.core.backup.BackupTaker}.
 */
@NullMarked
package com.conitrack.backup.core.backup;

import org.jspecify.annotations.NullMarked;
