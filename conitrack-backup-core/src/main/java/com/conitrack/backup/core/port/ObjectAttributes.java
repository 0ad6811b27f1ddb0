package com.conitrack.backup.core.port;

import java.util.Map;

/**
 * What is said of an object besides its bytes. A storage without room for it ignores it: nothing
 * the library needs is kept only here.
 *
 * @param contentType media type, such as {@code application/gzip}
 * @param metadata further pairs; keys of lower-case letters, digits and {@code -}, values ASCII
 */
public record ObjectAttributes(String contentType, Map<String, String> metadata) {
  /** JSON, without further metadata. */
  public static final ObjectAttributes JSON = new ObjectAttributes("application/json", Map.of());

  public ObjectAttributes {
    metadata = Map.copyOf(metadata);
  }
}
