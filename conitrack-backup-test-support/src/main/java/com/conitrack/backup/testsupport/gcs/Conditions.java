package com.conitrack.backup.testsupport.gcs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Preconditions on generations; 0 stands for no live object. See
 * https://cloud.google.com/storage/docs/request-preconditions.
 */
record Conditions(@Nullable Long generationMatch, @Nullable Long generationNotMatch) {
  static Conditions of(Call call) {
    return new Conditions(call.number("ifGenerationMatch"), call.number("ifGenerationNotMatch"));
  }

  void check(Optional<Long> live) {
    long generation = live.orElse(0L);
    boolean met =
        (generationMatch == null || generationMatch == generation)
            && (generationNotMatch == null || generationNotMatch != generation);
    if (!met) {
      throw Refusal.conditionNotMet();
    }
  }
}
