/** What the storages hold, rebuilt from manifests and register whenever it is asked for. */
@NullMarked
package com.conitrack.backup.core.catalogue;

import org.jspecify.annotations.NullMarked;
