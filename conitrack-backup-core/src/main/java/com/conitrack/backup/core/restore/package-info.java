/** Restoring a backup into an empty database, and proving that what came out is what went in. */
@NullMarked
package com.conitrack.backup.core.restore;

import org.jspecify.annotations.NullMarked;
