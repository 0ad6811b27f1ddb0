/** What every use case is given: the configured parts, and the way to tell listeners. */
@NullMarked
package com.conitrack.backup.core.setup;

import org.jspecify.annotations.NullMarked;
