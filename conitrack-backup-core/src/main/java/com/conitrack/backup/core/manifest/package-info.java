/**
 * The manifest as JSON, the form in which it lies beside each dump; see {@code docs/formats.md}.
 */
@NullMarked
package com.conitrack.backup.core.manifest;

import org.jspecify.annotations.NullMarked;
