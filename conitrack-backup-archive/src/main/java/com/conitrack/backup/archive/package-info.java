/** Archives that other tools make around dumps. */
@NullMarked
package com.conitrack.backup.archive;

import org.jspecify.annotations.NullMarked;
