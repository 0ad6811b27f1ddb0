/** How the backups of a database stand, judged from what the storages and the register tell. */
@NullMarked
package com.conitrack.backup.core.status;

import org.jspecify.annotations.NullMarked;
