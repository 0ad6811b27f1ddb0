/** Deleting exactly what a retention plan shows, and holding backups back from it. */
@NullMarked
package com.conitrack.backup.core.prune;

import org.jspecify.annotations.NullMarked;
