/** How the command speaks: streams, terminals, text, tables, JSON and progress. */
@NullMarked
package com.conitrack.backup.cli.output;

import org.jspecify.annotations.NullMarked;
