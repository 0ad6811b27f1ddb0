/**
 * What its owner asks of a backup: schedule, objectives, retention, content rules, copies and
 * names.
 *
 * <p>Pure values without I/O, immutable and safe for use by many threads. A {@link
 * com.conitrack.backup.core.policy.BackupPolicy} is validated as a whole when it is built.
 */
@NullMarked
package com.conitrack.backup.core.policy;

import org.jspecify.annotations.NullMarked;
