/** The core's use cases, driven with in-memory adapters that fail on demand. */
@NullMarked
package com.conitrack.backup.testsupport.usecase;

import org.jspecify.annotations.NullMarked;
