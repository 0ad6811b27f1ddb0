/** Making up copies that are missing or damaged from one that is proved. */
@NullMarked
package com.conitrack.backup.core.replicate;

import org.jspecify.annotations.NullMarked;
