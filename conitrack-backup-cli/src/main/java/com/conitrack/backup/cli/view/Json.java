package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Output;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.SchemaChange;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts that several documents share; docs/cli.md explains their members. */
final class Json {
  private Json() {}

  static void fillBackup(ObjectNode node, Manifest manifest) {
    node.put("id", manifest.id().value())
        .put("trigger", manifest.trigger().name())
        .put("reason", manifest.reason())
        .put("startedAt", manifest.startedAt().toString())
        .put("durationMillis", manifest.duration().toMillis())
        .put("database", manifest.database().name())
        .put("serverVersion", manifest.database().version().text())
        .put("schemaVersion", manifest.database().schemaVersion())
        .put("key", manifest.dump().key())
        .put("storedBytes", manifest.dump().stored().bytes())
        .put("storedSha256", manifest.dump().stored().sha256().hex())
        .put("plainBytes", manifest.dump().plain().bytes())
        .put("plainSha256", manifest.dump().plain().sha256().hex())
        .put("tables", manifest.contents().tables().size())
        .put("rows", manifest.contents().rows())
        .put("copiesRequired", manifest.copiesRequired());
    fillTexts(node.putArray("copiesRequiredIn"), manifest.storagesRequired());
    fillChange(node, manifest.change());
  }

  private static void fillChange(ObjectNode node, @Nullable SchemaChange change) {
    if (change == null) {
      node.putNull("change");
      return;
    }
    ArrayNode scripts =
        node.putObject("change")
            .put("tool", change.tool())
            .put("currentVersion", change.currentVersion())
            .put("targetVersion", change.targetVersion())
            .putArray("pendingScripts");
    for (SchemaChange.Script script : change.pendingScripts()) {
      scripts.addObject().put("name", script.name()).put("checksum", script.checksum());
    }
  }

  static void fillEntry(ObjectNode node, CatalogueEntry entry) {
    fillBackup(node, entry.manifest());
    node.put("good", entry.good()).put("level", entry.level().name()).put("hold", entry.hold());
    ArrayNode copies = node.putArray("copies");
    for (CopyState copy : entry.copies()) {
      CopyState.Removal removal = copy.removal();
      copies
          .addObject()
          .put("storage", copy.storage())
          .put("present", copy.present())
          .put("level", copy.level().name())
          .put("verifiedAt", time(copy.verifiedAt()))
          .put("problem", copy.problem())
          .put("lockedUntil", time(copy.lockedUntil()))
          .put("removedAt", time(removal == null ? null : removal.at()));
    }
  }

  static void fillRules(ArrayNode array, List<RuleResult> rules) {
    for (RuleResult rule : rules) {
      array
          .addObject()
          .put("rule", rule.rule())
          .put("met", rule.met())
          .put("detail", rule.detail());
    }
  }

  static void fillTexts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  static void fillError(ObjectNode document, BackupException failure) {
    Output.fillError(
        document, failure.kind().name(), failure.what(), failure.why(), failure.hint());
  }

  static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
