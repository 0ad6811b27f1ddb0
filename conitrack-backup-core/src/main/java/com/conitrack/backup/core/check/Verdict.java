package com.conitrack.backup.core.check;

import com.conitrack.backup.core.check.PropertyFinding.Result;
import org.jspecify.annotations.Nullable;

/** What a trial comes to. */
record Verdict(Result result, String detail, @Nullable String hint) {
  private static final String DO_NOT_USE = "do not use this storage until it is understood";

  static Verdict proved(String detail) {
    return new Verdict(Result.PROVED, detail, null);
  }

  static Verdict absent(String detail, @Nullable String hint) {
    return new Verdict(Result.ABSENT, detail, hint);
  }

  static Verdict failed(String detail) {
    return new Verdict(Result.FAILED, detail, DO_NOT_USE);
  }

  static Verdict failed(String detail, @Nullable String hint) {
    return new Verdict(Result.FAILED, detail, hint);
  }
}
