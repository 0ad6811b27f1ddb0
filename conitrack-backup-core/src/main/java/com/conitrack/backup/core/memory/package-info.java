/**
 * Adapters that keep everything in memory, for trying things out and for embedders' tests. They
 * pass the same contract tests as the real ones.
 */
@NullMarked
package com.conitrack.backup.core.memory;

import org.jspecify.annotations.NullMarked;
