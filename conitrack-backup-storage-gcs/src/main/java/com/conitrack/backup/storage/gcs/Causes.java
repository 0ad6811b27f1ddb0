package com.conitrack.backup.storage.gcs;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through a failure and what it says caused it. */
final class Causes {
  private static final int DEEPEST = 20;

  private Causes() {}

  /** The failure itself first. */
  static Stream<Throwable> of(@Nullable Throwable failure) {
    return Stream.<@Nullable Throwable>iterate(failure, f -> f == null ? null : f.getCause())
        .limit(DEEPEST)
        .flatMap(Stream::ofNullable);
  }

  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return of(failure).filter(type::isInstance).map(type::cast).findFirst();
  }

  static boolean any(Throwable failure, Class<?>... types) {
    return of(failure).anyMatch(f -> Stream.of(types).anyMatch(type -> type.isInstance(f)));
  }
}
