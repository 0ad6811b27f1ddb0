/**
 * A real PostgreSQL server for tests, private to the process that starts it.
 *
 * <p>{@link com.conitrack.backup.testsupport.postgres.PostgresFixture} is all there is to use.
 */
@NullMarked
package com.conitrack.backup.testsupport.postgres;

import org.jspecify.annotations.NullMarked;
