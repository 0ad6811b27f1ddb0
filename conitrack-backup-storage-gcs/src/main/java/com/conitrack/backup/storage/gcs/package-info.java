/** Keeps backups in Google Cloud Storage. */
@NullMarked
package com.conitrack.backup.storage.gcs;

import org.jspecify.annotations.NullMarked;
