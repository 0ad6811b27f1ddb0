/** The operator's command: what is typed, and what it is assembled from. */
@NullMarked
package com.conitrack.backup.cli;

import org.jspecify.annotations.NullMarked;
