package com.conitrack.backup.core.port;

import org.jspecify.annotations.Nullable;

/**
 * What a query answered.
 *
 * @param anyRow whether there was a row at all
 * @param value the first column of the first row as text; null for NULL, or without a row
 */
public record QueryAnswer(boolean anyRow, @Nullable String value) {}
