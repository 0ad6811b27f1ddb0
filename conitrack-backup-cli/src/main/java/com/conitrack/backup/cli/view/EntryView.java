package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.model.TableFingerprint;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that is known of one backup.
 *
 * @param entry the backup
 * @param now the time, for ages
 */
public record EntryView(CatalogueEntry entry, Instant now) implements View {

  @Override
  public void print(Page page) {
    Manifest manifest = entry.manifest();
    page.heading("Backup " + entry.id());
    printRun(page, manifest);
    printDump(page, manifest);
    printCopies(page);
    printRules(page, manifest.rules());
    printTables(page, manifest);
    printRequirements(page, manifest.requirements());
  }

  private void printRun(Page page, Manifest manifest) {
    page.field(
        "taken",
        Measures.time(manifest.startedAt())
            + " ("
            + Measures.age(manifest.startedAt(), now)
            + " ago), took "
            + Measures.duration(manifest.duration()));
    String reason = manifest.reason();
    page.field(
        "trigger", Measures.word(manifest.trigger()) + (reason == null ? "" : ": " + reason));
    SchemaChange change = manifest.change();
    if (change != null) {
      page.field("before", change.tool() + ", " + change.versions());
      change.pendingScripts().forEach(script -> page.field("  script", script.toString()));
    }
    page.field("by", manifest.actor().name() + " on " + manifest.actor().host());
    page.field("run", manifest.run());
    var database = manifest.database();
    page.field(
        "database",
        database.name()
            + " on "
            + database.server()
            + ", PostgreSQL "
            + database.version()
            + ", "
            + database.encoding());
    if (database.schemaVersion() != null) {
      page.field("schema", "version " + database.schemaVersion());
    }
    if (!manifest.scope().isWhole()) {
      page.field("scope", scope(manifest.scope()));
    }
    var tool = manifest.tool();
    page.field("tool", tool.name() + " " + tool.version() + " " + String.join(" ", tool.options()));
    tool.remarks().forEach(remark -> page.field("remark", remark));
  }

  private static String scope(DumpScope scope) {
    return "schemas "
        + scope.schemas()
        + " but "
        + scope.excludeSchemas()
        + ", tables "
        + scope.tables()
        + " but "
        + scope.excludeTables()
        + ", no rows of "
        + scope.excludeTableData();
  }

  private void printDump(Page page, Manifest manifest) {
    var dump = manifest.dump();
    page.gap();
    page.heading("Dump");
    page.field("key", dump.key());
    String codecs = dump.codecs().isEmpty() ? "not compressed" : String.join(", ", dump.codecs());
    page.field("stored", dump.stored().bytes() + " bytes, " + codecs);
    page.field("  sha256", dump.stored().sha256().hex());
    page.field("plain", dump.plain().bytes() + " bytes");
    page.field("  sha256", dump.plain().sha256().hex());
    page.field("manifest", manifest.key());
    page.field("  sha256", entry.manifestSha256().hex());
  }

  private void printCopies(Page page) {
    page.gap();
    String good = entry.good() ? page.style().good("good") : page.style().bad("NOT good");
    page.heading("Copies");
    page.field(
        "state",
        good
            + ": "
            + entry.provedCopies()
            + " proved, required: "
            + entry.manifest().copiesRequired()
            + (entry.manifest().storagesRequired().isEmpty()
                ? ""
                : ", one of them in each of "
                    + String.join(", ", entry.manifest().storagesRequired()))
            + (entry.storagesLacking().isEmpty()
                ? ""
                : "; none in " + String.join(", ", entry.storagesLacking())));
    entry.copies().forEach(copy -> page.field(copy.storage(), state(copy)));
    if (entry.hold() != null) {
      page.field("held", entry.hold());
    }
  }

  private String state(CopyState copy) {
    CopyState.Removal removal = copy.removal();
    if (removal != null) {
      return "deleted by retention on " + Measures.time(removal.at());
    }
    Instant locked = copy.lockedUntil();
    String lock =
        locked == null || !locked.isAfter(now) ? "" : ", locked until " + Measures.time(locked);
    Instant at = copy.verifiedAt();
    String proof =
        !copy.present()
            ? "not there"
            : !copy.proved() ? "there, not proved" : "proved, level " + Measures.word(copy.level());
    String when =
        at == null ? "" : ", last on " + Measures.time(at) + " (" + Measures.age(at, now) + " ago)";
    return proof + when + lock + (copy.problem() == null ? "" : "; problem: " + copy.problem());
  }

  private static void printRules(Page page, List<RuleResult> rules) {
    if (!rules.isEmpty()) {
      page.gap();
      page.heading("Rules");
    }
    for (RuleResult rule : rules) {
      String met = rule.met() ? page.style().good("met") : page.style().bad("NOT MET");
      page.item(rule.rule() + ": " + met + ", " + rule.detail());
    }
  }

  private static void printTables(Page page, Manifest manifest) {
    var contents = manifest.contents();
    page.gap();
    page.heading(
        "Contents: "
            + Measures.count(contents.tables().size(), "table")
            + ", "
            + Measures.count(contents.rows(), "row"));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("TABLE", "KIND", "ROWS", "SHA-256 OF THE ROWS"));
    for (TableFingerprint table : contents.tables()) {
      rows.add(
          List.of(
              table.name().toString(),
              Measures.word(table.kind()),
              Long.toString(table.totalRows()),
              table.sha256().hex().substring(0, 16) + "…"));
    }
    page.table(rows);
    if (!contents.sequences().isEmpty()) {
      page.field("sequences", Integer.toString(contents.sequences().size()));
    }
    if (contents.largeObjects().count() > 0) {
      page.field("large objects", Long.toString(contents.largeObjects().count()));
    }
    page.field(
        "objects",
        contents.objects().entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", ")));
    page.field("schema", "sha256 " + contents.schema().hex());
  }

  private static void printRequirements(Page page, Requirements needs) {
    page.gap();
    page.heading("Needed by a restore");
    page.field("roles", list(needs.roles()));
    page.field(
        "extensions",
        list(needs.extensions().stream().map(e -> e.name() + " " + e.version()).toList()));
    if (!needs.tablespaces().isEmpty()) {
      page.field("tablespaces", list(needs.tablespaces()));
    }
    var locale = needs.locale();
    if (locale != null) {
      page.field("locale", locale.provider() + ", " + locale.collate() + ", " + locale.ctype());
    }
    needs.settings().forEach(setting -> page.field("setting", setting));
    page.field("globals", needs.globals() == null ? "not kept" : "kept in the manifest");
    needs.remarks().forEach(remark -> page.field("remark", remark));
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "show");
    Json.fillEntry(document.putObject("backup"), entry);
    document.put("manifestSha256", entry.manifestSha256().hex());
    try {
      document.set("manifest", new ObjectMapper().readTree(ManifestJson.write(entry.manifest())));
    } catch (JacksonException e) {
      throw new IllegalStateException("a manifest is written as JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("no file is read", e);
    }
  }
}
