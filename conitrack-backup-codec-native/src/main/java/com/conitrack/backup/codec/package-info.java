/** Codecs backed by native libraries. */
@NullMarked
package com.conitrack.backup.codec;

import org.jspecify.annotations.NullMarked;
