/** What every {@link com.conitrack.backup.core.port.StreamCodec} must pass. */
@NullMarked
package com.conitrack.backup.testsupport.codec;

import org.jspecify.annotations.NullMarked;
