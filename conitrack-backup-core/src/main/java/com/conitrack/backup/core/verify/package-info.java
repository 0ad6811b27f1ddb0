/** Proving copies: reading them back, decoding them, and inspecting the dump again. */
@NullMarked
package com.conitrack.backup.core.verify;

import org.jspecify.annotations.NullMarked;
