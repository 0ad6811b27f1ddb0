package com.conitrack.backup.core.setup;

/**
 * A reading that had broken off and goes on.
 *
 * @param storage the storage's name
 * @param key the object
 * @param at how many of its bytes had been read
 * @param reason why it had broken off
 */
public record Resumption(String storage, String key, long at, String reason) {}
