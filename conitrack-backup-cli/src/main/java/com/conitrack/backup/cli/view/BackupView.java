package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.backup.BackupOutcome.Complete;
import com.conitrack.backup.core.backup.BackupOutcome.Degraded;
import com.conitrack.backup.core.backup.BackupOutcome.Failed;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.Manifest;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a backup ended.
 *
 * @param command the command that made it
 */
public record BackupView(BackupOutcome outcome, String command) implements View {

  /** Of the command {@code backup}. */
  public BackupView(BackupOutcome outcome) {
    this(outcome, "backup");
  }

  @Override
  public void print(Page page) {
    if (outcome instanceof Complete complete) {
      page.line(page.style().good("backup complete: ") + complete.id());
      print(page, complete.manifest());
    } else if (outcome instanceof Degraded degraded) {
      String good = degraded.good() ? " (good: enough copies are proved)" : " (NOT good)";
      page.line(page.style().doubtful("backup degraded: ") + degraded.id() + good);
      print(page, degraded.manifest());
    }
  }

  private static void print(Page page, Manifest manifest) {
    page.field(
        "database",
        manifest.database().name()
            + (manifest.adoption() == null ? " on " + manifest.database().server() : "")
            + ", PostgreSQL "
            + manifest.database().version());
    Manifest.Adoption adoption = manifest.adoption();
    if (adoption != null) {
      page.field("adopted", adoption.source() + ", taken at " + manifest.startedAt());
    }
    page.field(
        "contents",
        Measures.count(manifest.contents().tables().size(), "table")
            + ", "
            + Measures.count(manifest.contents().rows(), "row"));
    page.field(
        "size",
        Measures.bytes(manifest.dump().stored().bytes())
            + " stored, "
            + Measures.bytes(manifest.dump().plain().bytes())
            + " plain");
    page.field("sha256", manifest.dump().stored().sha256().hex());
    page.field("took", Measures.duration(manifest.duration()));
    for (CopyRecord copy : manifest.copies()) {
      page.field("copy", copy.storage() + ": " + state(copy));
    }
  }

  private static String state(CopyRecord copy) {
    return copy.problem() == null
        ? "proved, level " + Measures.word(copy.level())
        : "FAILED: " + copy.problem();
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", command)
        .put("result", result())
        .put("id", outcome.id().value())
        .put("good", outcome.good());
    if (outcome instanceof Complete complete) {
      fill(document, complete.manifest());
    } else if (outcome instanceof Degraded degraded) {
      fill(document, degraded.manifest());
    } else if (outcome instanceof Failed failed) {
      Json.fillError(document, failed.failure());
    }
    Json.fillTexts(document.putArray("remarks"), outcome.remarks());
  }

  private String result() {
    return outcome instanceof Complete
        ? "COMPLETE"
        : outcome instanceof Degraded ? "DEGRADED" : "FAILED";
  }

  private static void fill(ObjectNode document, Manifest manifest) {
    Json.fillBackup(document.putObject("backup"), manifest);
    Json.fillRules(document.putArray("rules"), manifest.rules());
    ArrayNode copies = document.putArray("copies");
    for (CopyRecord copy : manifest.copies()) {
      copies
          .addObject()
          .put("storage", copy.storage())
          .put("level", copy.level().name())
          .put("verifiedAt", Json.time(copy.verifiedAt()))
          .put("problem", copy.problem());
    }
  }
}
