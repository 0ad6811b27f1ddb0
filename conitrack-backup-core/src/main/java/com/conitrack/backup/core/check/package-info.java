/** Looking whether everything a backup needs is in place, before it is needed. */
@NullMarked
package com.conitrack.backup.core.check;

import org.jspecify.annotations.NullMarked;
