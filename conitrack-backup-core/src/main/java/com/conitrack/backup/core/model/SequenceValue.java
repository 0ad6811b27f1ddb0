package com.conitrack.backup.core.model;

/**
 * Where a sequence stands, as the dump sets it.
 *
 * @param name schema and name of the sequence
 * @param value last value
 * @param called whether {@code value} was handed out already: {@code setval}'s third argument
 */
public record SequenceValue(TableName name, long value, boolean called) {}
