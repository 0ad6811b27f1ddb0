package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.policy.Immutability;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code immutability}: for how long storages shall refuse to delete. */
final class ImmutabilityReader {
  private static final String NONE = "none";
  private static final String ALL = "all";

  private ImmutabilityReader() {}

  /** Null if it is not given, or wrongly. */
  static @Nullable Immutability read(Section policy) {
    if (policy.hasScalar("immutability")) {
      return readWord(policy);
    }
    Section section = policy.section("immutability", ConfigKeys.IMMUTABILITY);
    return section == null ? null : readKeys(section);
  }

  private static @Nullable Immutability readWord(Section policy) {
    Scalar word = policy.scalar("immutability");
    if (word != null && word.value().equals(NONE)) {
      return Immutability.NONE;
    }
    if (word != null) {
      String remedy = "write none, or for: 30d below it";
      policy.problem("immutability", word, word.quoted() + " is no protection", remedy);
    }
    return null;
  }

  private static @Nullable Immutability readKeys(Section section) {
    Duration period = section.duration("for");
    if (period == null) {
      if (!section.has("for")) {
        section.problem("for", "no period is given", "write for: 30d");
      }
      return null;
    }
    Boolean required = section.flag("require");
    Duration proof = section.duration("proof");
    return new Immutability(
        period,
        storages(section),
        required == null || required,
        proof == null ? Immutability.NONE.proofAge() : proof);
  }

  private static Set<String> storages(Section section) {
    if (section.hasScalar("storages")) {
      Scalar word = section.scalar("storages");
      if (word != null && !word.value().equals(ALL)) {
        String remedy = "write all, or a list such as [s3]";
        section.problem("storages", word, word.quoted() + " is no list of storages", remedy);
      }
      return Set.of();
    }
    return new TreeSet<>(section.texts("storages"));
  }
}
