package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.backup.ManifestPublisher.Published;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a run ends, well or not: manifest, register, listeners. */
final class Conclusion {
  private static final Logger LOG = LoggerFactory.getLogger(Conclusion.class);

  private final Setup setup;
  private final Register register;
  private final String run;
  private final Instant begun;
  private final List<String> remarks;

  /**
   * @param run the run's id
   * @param begun when it began
   * @param remarks the run's own list, which is added to
   */
  Conclusion(Setup setup, Register register, String run, Instant begun, List<String> remarks) {
    this.setup = setup;
    this.register = register;
    this.run = run;
    this.begun = begun;
    this.remarks = remarks;
  }

  /**
   * Writes the manifest beside the proved copies, and records the backup.
   *
   * @param further what the register is to say besides the usual
   * @throws BackupException if the manifest could be written nowhere
   */
  BackupOutcome finish(Manifest manifest, Map<String, String> further) {
    Published published = new ManifestPublisher(setup, begun).publish(manifest);
    Manifest written = published.manifest();
    List<BackupStorage> settled =
        setup.storages().stream().filter(storage -> isSettled(storage, written)).toList();
    boolean complete = settled.size() == setup.storages().size();
    String result = complete ? "COMPLETE" : "DEGRADED";
    Map<String, String> details = BackupDetails.of(written, published.sha256());
    details.putAll(further);
    record(result, written.id(), details);
    // Where something failed the marker stays: the next run looks at what is really there.
    new PendingMarkers(setup.clock()).remove(settled, run);
    return told(
        complete
            ? new BackupOutcome.Complete(written, remarks)
            : new BackupOutcome.Degraded(written, remarks),
        result);
  }

  private static boolean isSettled(BackupStorage storage, Manifest written) {
    return written.copies().stream()
        .anyMatch(copy -> copy.storage().equals(storage.info().name()) && copy.problem() == null);
  }

  /** Records that there is no backup, with these details. */
  BackupOutcome failed(BackupId id, Map<String, String> details, BackupException failure) {
    LOG.warn("backup {} failed: {}", id, failure.getMessage());
    setup
        .events()
        .tell(new BackupEvent.Failed(id, failure.kind(), String.valueOf(failure.getMessage())));
    record("FAILED", id, details);
    return told(new BackupOutcome.Failed(id, failure, remarks), "FAILED");
  }

  /** How long the run has taken so far. */
  Duration elapsed() {
    return Duration.between(begun, setup.clock().instant());
  }

  private void record(String outcome, BackupId id, Map<String, String> details) {
    try {
      remarks.addAll(
          register
              .append(setup.entry(RegisterEvent.BACKUP, outcome, id, null, details))
              .failures());
    } catch (BackupException e) {
      LOG.warn("the register could not be written: {}", e.getMessage());
      remarks.add(e.getMessage());
    }
  }

  private BackupOutcome told(BackupOutcome outcome, String result) {
    setup.events().tell(new BackupEvent.Finished(outcome.id(), result, elapsed()));
    return outcome;
  }
}
