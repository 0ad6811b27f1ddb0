/**
 * What the core asks of the world: a database to dump, storages to keep copies in, a lock,
 * listeners.
 *
 * <p>Each interface states its promises; an adapter only translates. Every promise is enforced by a
 * contract test in {@code conitrack-backup-test-support} that all adapters pass unmodified.
 */
@NullMarked
package com.conitrack.backup.core.port;

import org.jspecify.annotations.NullMarked;
