package com.conitrack.backup.core.port;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an object besides its bytes. A storage without room for it ignores it: nothing
 * the library needs is kept only here.
 *
 * @param contentType media type, such as {@code application/gzip}
 * @param metadata further pairs; keys of lower-case letters, digits and {@code -}, values ASCII
 * @param retainUntil until when nobody shall be able to delete it, null for no protection; honoured
 *     by storages with {@link StorageInfo.Capability#RETENTION_LOCK}, where {@link
 *     BackupStorage#delete} then fails until that time
 */
public record ObjectAttributes(
    String contentType, Map<String, String> metadata, @Nullable Instant retainUntil) {
  /** The metadata key that says whose an upload is; see {@link BackupStorage#sweepOwned}. */
  public static final String OWNER = "conitrack-owner";

  /** JSON, without further metadata. */
  public static final ObjectAttributes JSON = new ObjectAttributes("application/json", Map.of());

  public ObjectAttributes {
    metadata = Map.copyOf(metadata);
  }

  /** Without protection. */
  public ObjectAttributes(String contentType, Map<String, String> metadata) {
    this(contentType, metadata, null);
  }

  /** The same, protected until then. */
  public ObjectAttributes retainedUntil(Instant until) {
    return new ObjectAttributes(contentType, metadata, until);
  }
}
