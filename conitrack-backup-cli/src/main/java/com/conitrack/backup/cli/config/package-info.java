/**
 * The configuration file: read, interpolated, checked with line and column, and turned into values
 * that the command is assembled from.
 */
@NullMarked
package com.conitrack.backup.cli.config;

import org.jspecify.annotations.NullMarked;
