package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the register says of a backup. */
final class BackupDetails {
  private BackupDetails() {}

  static Map<String, String> of(Manifest manifest, Sha256 manifestSha256) {
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.RUN, manifest.run());
    details.put(RegisterDetails.TRIGGER, manifest.trigger().name());
    details.put(RegisterDetails.DATABASE, manifest.database().name());
    details.put(RegisterDetails.KEY, manifest.dump().key());
    details.put(RegisterDetails.MANIFEST_SHA256, manifestSha256.hex());
    details.put(RegisterDetails.STORED_BYTES, Long.toString(manifest.dump().stored().bytes()));
    details.put(RegisterDetails.STORED_SHA256, manifest.dump().stored().sha256().hex());
    details.put(RegisterDetails.PLAIN_BYTES, Long.toString(manifest.dump().plain().bytes()));
    details.put(RegisterDetails.TABLES, Integer.toString(manifest.contents().tables().size()));
    details.put(RegisterDetails.ROWS, Long.toString(manifest.contents().rows()));
    details.put(RegisterDetails.DURATION_MILLIS, Long.toString(manifest.duration().toMillis()));
    Instant due = manifest.due();
    if (due != null) {
      details.put(RegisterDetails.DUE, due.toString());
    }
    String reason = manifest.reason();
    if (reason != null) {
      details.put(RegisterDetails.REASON, reason);
    }
    SchemaChange change = manifest.change();
    if (change != null) {
      RegisterDetails.putChange(details, change);
    }
    if (!new BackupOutcome.Degraded(manifest, List.of()).good()) {
      details.put(RegisterDetails.GOOD, "false");
    }
    for (CopyRecord copy : manifest.copies()) {
      String problem = copy.problem();
      details.put("copy." + copy.storage(), problem == null ? copy.level().name() : problem);
    }
    return details;
  }

  /**
   * @param database its name; null if it was not reached
   */
  static Map<String, String> ofFailed(
      BackupRequest request, @Nullable String database, BackupException failure, Duration elapsed) {
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.REASON, String.valueOf(failure.getMessage()));
    details.put(RegisterDetails.TRIGGER, request.trigger().name());
    details.put(RegisterDetails.DURATION_MILLIS, Long.toString(elapsed.toMillis()));
    Instant due = request.due();
    if (due != null) {
      details.put(RegisterDetails.DUE, due.toString());
    }
    SchemaChange change = request.change();
    if (change != null) {
      RegisterDetails.putChange(details, change);
    }
    if (database != null) {
      details.put(RegisterDetails.DATABASE, database);
    }
    return details;
  }
}
