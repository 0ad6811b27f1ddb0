/**
 * Storage in Cloudflare R2, Amazon S3 and other object stores that speak the S3 protocol.
 *
 * <p>{@link com.conitrack.backup.storage.r2.R2Storage} for Cloudflare, {@link
 * com.conitrack.backup.storage.r2.S3Storage} for all others.
 */
@NullMarked
package com.conitrack.backup.storage.r2;

import org.jspecify.annotations.NullMarked;
