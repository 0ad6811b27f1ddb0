/** Storage in a directory: local disk, mounted NAS, USB drive. */
@NullMarked
package com.conitrack.backup.storage.fs;

import org.jspecify.annotations.NullMarked;
