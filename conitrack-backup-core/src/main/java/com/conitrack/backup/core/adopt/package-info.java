/** Examining a dump that somebody else's tool has made, before it becomes a backup. */
@NullMarked
package com.conitrack.backup.core.adopt;

import org.jspecify.annotations.NullMarked;
