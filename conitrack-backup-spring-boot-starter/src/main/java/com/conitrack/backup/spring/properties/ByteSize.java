package com.conitrack.backup.spring.properties;

import com.conitrack.backup.core.policy.Units;

/**
 * A size as the configuration file writes it: {@code 4096}, {@code 10KiB}, {@code 2MiB}.
 *
 * @param bytes how many bytes
 */
public record ByteSize(long bytes) {
  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ByteSize of(String text) {
    return Units.bytes(text)
        .map(ByteSize::new)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is no size; write it like 4096, 10KiB or 2MiB"));
  }
}
