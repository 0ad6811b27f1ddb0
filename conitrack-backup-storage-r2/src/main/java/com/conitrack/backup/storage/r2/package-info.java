/** Keeps backups in Cloudflare R2, Amazon S3 and S3-compatible object stores. */
@NullMarked
package com.conitrack.backup.storage.r2;

import org.jspecify.annotations.NullMarked;
