/**
 * Which backups may be deleted: decided here without I/O, with a reason for each, and done
 * elsewhere.
 */
@NullMarked
package com.conitrack.backup.core.retention;

import org.jspecify.annotations.NullMarked;
