package com.conitrack.backup.core.model;

import java.util.List;

/**
 * A dump as it lies in the storages.
 *
 * @param key its key, the same in every storage
 * @param codecs ids of the codings applied, in the order of application; decode in reverse
 * @param plain size and digest of what pg_dump wrote
 * @param stored size and digest after coding: of the object itself
 */
public record StoredDump(String key, List<String> codecs, ByteDigest plain, ByteDigest stored) {
  public StoredDump {
    codecs = List.copyOf(codecs);
  }
}
