/**
 * Contracts that every adapter of the database ports passes, databases to try them on, and an
 * independent look at what a database holds.
 *
 * <p>An adapter's test extends the contract classes and says how to get a database; it overrides no
 * check.
 */
@NullMarked
package com.conitrack.backup.testsupport.database;

import org.jspecify.annotations.NullMarked;
