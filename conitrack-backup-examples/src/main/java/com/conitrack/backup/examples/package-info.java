/** Runnable examples; the README's snippets come from here. */
@NullMarked
package com.conitrack.backup.examples;

import org.jspecify.annotations.NullMarked;
