package com.conitrack.backup.core.adopt;

import com.conitrack.backup.core.dump.RestoreFilter;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Finds out whether a restore would take a dump, by the very filter that a restore uses. */
final class ReplayTrial {
  private final RestoreFilter filter = new RestoreFilter(OutputStream.nullOutputStream());
  private @Nullable String refusal;

  void accept(byte[] bytes, int length) {
    if (refusal == null) {
      try {
        filter.accept(bytes, 0, length);
      } catch (IOException e) {
        refusal = e.getMessage();
      }
    }
  }

  /** Why a restore would not take it, null if it would. */
  @Nullable String finish() {
    if (refusal == null) {
      try {
        filter.finish();
      } catch (IOException e) {
        refusal = e.getMessage();
      }
    }
    return refusal;
  }
}
