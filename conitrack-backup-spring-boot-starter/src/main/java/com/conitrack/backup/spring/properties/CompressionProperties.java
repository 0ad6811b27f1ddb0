package com.conitrack.backup.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * How dumps are compressed.
 *
 * @param codec gzip, zstd or none.
 * @param level How hard, in the codec's own numbers.
 */
public record CompressionProperties(@Nullable String codec, @Nullable Integer level) {
  /** A codec's name alone. */
  public static CompressionProperties of(String codec) {
    return new CompressionProperties(codec, null);
  }
}
