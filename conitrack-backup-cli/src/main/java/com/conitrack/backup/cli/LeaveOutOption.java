package com.conitrack.backup.cli;

import com.conitrack.backup.core.model.LeaveOut;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of a dump is not loaded, for commands that restore. */
final class LeaveOutOption {
  private static final String NONE = "none";
  private static final String ALL = "all";

  @Option(
      names = "--leave-out",
      paramLabel = "PART",
      split = ",",
      completionCandidates = Words.class,
      description =
          "Do not load these parts of the dump, for users who are no superusers: "
              + "${COMPLETION-CANDIDATES}, with commas between. They are not compared either, "
              + "and said to be left out. Otherwise policy.restore.leave-out.")
  @Nullable List<String> parts;

  /** What was given; null if nothing was, and the policy decides. */
  @Nullable Set<LeaveOut> read() {
    List<String> given = parts;
    if (given == null) {
      return null;
    }
    Set<LeaveOut> read = EnumSet.noneOf(LeaveOut.class);
    for (String word : given) {
      if (word.equals(ALL)) {
        read.addAll(EnumSet.allOf(LeaveOut.class));
      } else if (!word.equals(NONE)) {
        read.add(LeaveOut.of(word).orElseThrow(() -> unknown(word)));
      }
    }
    return read;
  }

  private static UsageException unknown(String word) {
    return new UsageException(
        "unable to use --leave-out '" + word + "'",
        "that is no part of a dump",
        "choose of: " + String.join(", ", new Words()));
  }

  /** What can be given. */
  static final class Words extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Words() {
      super(LeaveOut.words());
      add(ALL);
      add(NONE);
    }
  }
}
