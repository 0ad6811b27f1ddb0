/** Small objects of a storage as a whole, and many of them at once. */
@NullMarked
package com.conitrack.backup.core.objects;

import org.jspecify.annotations.NullMarked;
