/**
 * Approvals of restores: what they say, how they are signed, and whether they hold. Pure values and
 * decisions; no I/O.
 */
@NullMarked
package com.conitrack.backup.core.approval;

import org.jspecify.annotations.NullMarked;
