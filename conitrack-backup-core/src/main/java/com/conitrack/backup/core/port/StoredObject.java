package com.conitrack.backup.core.port;

import java.time.Instant;

/**
 * An object in a storage.
 *
 * @param key its key
 * @param bytes its size
 * @param modified when the storage says it was written; for people, never used to order backups
 */
public record StoredObject(String key, long bytes, Instant modified) {}
