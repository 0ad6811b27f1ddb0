/** The library's front door: {@link com.conitrack.backup.core.ConitrackBackup}. */
@NullMarked
package com.conitrack.backup.core;

import org.jspecify.annotations.NullMarked;
