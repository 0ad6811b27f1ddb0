/** The results of the commands, for people and for programs. */
@NullMarked
package com.conitrack.backup.cli.view;

import org.jspecify.annotations.NullMarked;
