/** Restoring a backup into a scratch database to prove that it can be restored. */
@NullMarked
package com.conitrack.backup.core.drill;

import org.jspecify.annotations.NullMarked;
