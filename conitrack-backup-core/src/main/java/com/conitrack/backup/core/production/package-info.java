/**
 * Restores that replace real data: planned, approved, preceded by a safety backup, recorded step by
 * step, and reversible where the server has room for it.
 */
@NullMarked
package com.conitrack.backup.core.production;

import org.jspecify.annotations.NullMarked;
