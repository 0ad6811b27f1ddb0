/**
 * The register: what has happened to the backups, entry after entry, each holding the digest of the
 * one before it. It lives in the storages, outside the database, so that a restore cannot rewind
 * it; {@code docs/formats.md} specifies it.
 */
@NullMarked
package com.conitrack.backup.core.register;

import org.jspecify.annotations.NullMarked;
