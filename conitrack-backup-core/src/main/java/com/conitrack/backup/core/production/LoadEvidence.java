package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.register.RegisterDetails;
import java.util.List;
import java.util.Optional;

/**
 * What is known of whether a backup can be loaded, for the strategy that deletes the old database
 * before it is. A dump may be whole and still not load: its rows may break a constraint that was
 * once circumvented, or its functions need names that are not found while it is loaded. The safety
 * backup then has the same fault.
 */
final class LoadEvidence {
  private static final String PASSED = "PASSED";
  private static final String REJECTED = "REJECTED";
  private static final String STARTED = "STARTED";

  private final RestoreStrategy strategy;
  private final CatalogueEntry entry;
  private final Optional<RegisterEntry> last;

  /**
   * @param entries of the register, oldest first
   */
  LoadEvidence(RestoreStrategy strategy, CatalogueEntry entry, List<RegisterEntry> entries) {
    this.strategy = strategy;
    this.entry = entry;
    this.last =
        entries.stream()
            .filter(each -> each.event() == RegisterEvent.DRILL)
            .filter(each -> entry.id().equals(each.backup()) && !each.outcome().equals(STARTED))
            .reduce((before, after) -> after);
  }

  private boolean isDecisive() {
    return strategy == RestoreStrategy.RECREATE;
  }

  /** Why it must not be tried, nothing if it may. */
  Optional<String> obstacle() {
    return last.filter(drill -> isDecisive() && isVerdict(drill))
        .map(
            drill ->
                "'recreate' deletes the old database before the backup is loaded, and the last drill"
                    + " could not load it ("
                    + reason(drill)
                    + "): choose another strategy or backup, or mend that and drill it again");
  }

  /** A full disk or a lost connection says nothing of the backup; the server's refusal does. */
  private static boolean isVerdict(RegisterEntry drill) {
    return drill.outcome().equals(REJECTED)
        || ErrorKind.DATABASE.name().equals(drill.details().get(RegisterDetails.ERROR_KIND));
  }

  private static String reason(RegisterEntry drill) {
    return drill.details().getOrDefault(RegisterDetails.REASON, drill.outcome());
  }

  /** What must be said before it is tried, nothing if it was proved. */
  Optional<String> warning() {
    boolean proved = last.filter(drill -> drill.outcome().equals(PASSED)).isPresent();
    if (!isDecisive() || proved || obstacle().isPresent()) {
      return Optional.empty();
    }
    String drills =
        last.map(drill -> "the last drill of this backup did not pass (" + reason(drill) + ")")
            .orElse("no drill has loaded this backup yet");
    return Optional.of(
        drills
            + ", and 'recreate' deletes the old database first: if the backup cannot be loaded,"
            + " neither may the safety backup. Run 'conitrack-backup drill "
            + entry.id()
            + "' before; where there is no room, with '--on' on another server");
  }
}
