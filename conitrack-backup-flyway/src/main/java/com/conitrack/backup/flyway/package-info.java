/** A proved backup before Flyway migrates, or no migration. */
@NullMarked
package com.conitrack.backup.flyway;

import org.jspecify.annotations.NullMarked;
