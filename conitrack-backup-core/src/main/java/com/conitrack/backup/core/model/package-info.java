/**
 * The values everything else speaks in: records without I/O, immutable and safe for use by many
 * threads.
 *
 * <p>Instants are UTC; zones belong to the edges. Collections handed in are copied.
 */
@NullMarked
package com.conitrack.backup.core.model;

import org.jspecify.annotations.NullMarked;
