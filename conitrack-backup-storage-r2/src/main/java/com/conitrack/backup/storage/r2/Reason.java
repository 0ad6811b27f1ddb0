package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.model.ErrorKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed.
 *
 * @param kind the sort of failure
 * @param why the reason
 * @param hint what to do, null where nothing is known
 */
record Reason(ErrorKind kind, String why, @Nullable String hint) {
  /** The message of a failure, without line breaks. */
  static String oneLine(Throwable e) {
    String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    return message.replaceAll("\\s+", " ").strip();
  }
}
