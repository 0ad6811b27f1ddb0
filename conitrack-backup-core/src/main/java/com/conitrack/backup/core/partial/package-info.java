/** Restoring chosen tables of a backup: beside, to look at, or back in their place. */
@NullMarked
package com.conitrack.backup.core.partial;

import org.jspecify.annotations.NullMarked;
