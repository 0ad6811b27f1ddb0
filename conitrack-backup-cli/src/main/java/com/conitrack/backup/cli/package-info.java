/** The operator's command. */
@NullMarked
package com.conitrack.backup.cli;

import org.jspecify.annotations.NullMarked;
