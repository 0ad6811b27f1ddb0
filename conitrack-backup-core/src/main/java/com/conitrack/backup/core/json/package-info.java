/** Records as versioned JSON documents that outlive the software that wrote them. */
@NullMarked
package com.conitrack.backup.core.json;

import org.jspecify.annotations.NullMarked;
