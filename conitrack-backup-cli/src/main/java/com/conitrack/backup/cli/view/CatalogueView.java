package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.Style;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.SchemaChange;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the storages hold.
 *
 * @param catalogue all of it
 * @param limit how many backups to show at most
 * @param now the time, for ages
 */
public record CatalogueView(Catalogue catalogue, int limit, Instant now) implements View {
  private static final int MOST_DEGRADED = 5;

  @Override
  public void print(Page page) {
    List<CatalogueEntry> entries = catalogue.entries();
    if (entries.isEmpty()) {
      page.line("There are no backups.");
    } else {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("BACKUP", "TAKEN", "AGE", "TRIGGER", "STORED", "COPIES", "PROVED"));
      entries.stream().limit(limit).map(entry -> row(entry, page.style())).forEach(rows::add);
      page.table(rows);
    }
    if (entries.size() > limit) {
      page.line("and " + (entries.size() - limit) + " older; --all shows them");
    }
    printDegraded(page);
    printProblems(page);
  }

  private void printProblems(Page page) {
    for (Catalogue.Problem problem : catalogue.problems()) {
      page.item(
          page.style().doubtful("problem: ")
              + problem.storage()
              + (problem.key() == null ? "" : ", " + problem.key())
              + ": "
              + problem.description());
    }
  }

  private List<String> row(CatalogueEntry entry, Style style) {
    var manifest = entry.manifest();
    return List.of(
        entry.id().value(),
        Measures.minute(manifest.startedAt()),
        Measures.age(manifest.startedAt(), now),
        trigger(manifest),
        Measures.bytes(manifest.dump().stored().bytes()),
        entry.provedCopies() + "/" + entry.copies().stream().filter(c -> !c.removed()).count(),
        state(entry, style));
  }

  private static String trigger(Manifest manifest) {
    SchemaChange change = manifest.change();
    String word = Measures.word(manifest.trigger());
    return change == null || change.targetVersion() == null
        ? word
        : word + ", " + change.versions();
  }

  private String state(CatalogueEntry entry, Style style) {
    String proved = entry.good() ? style.good(Measures.word(entry.level())) : style.bad("not good");
    String locked =
        entry.copies().stream()
            .map(CopyState::lockedUntil)
            .filter(until -> until != null && until.isAfter(now))
            .max(Instant::compareTo)
            .map(until -> ", locked until " + Measures.minute(until))
            .orElse("");
    return proved + (entry.held() ? ", held" : "") + locked;
  }

  /** Which copies are wanting; where there are many, only how many in which storage. */
  private void printDegraded(Page page) {
    Map<CatalogueEntry, List<CopyState>> degraded = new LinkedHashMap<>();
    for (CatalogueEntry entry : catalogue.entries().stream().limit(limit).toList()) {
      List<CopyState> wanting = entry.copies().stream().filter(this::isWanting).toList();
      if (!wanting.isEmpty()) {
        degraded.put(entry, wanting);
      }
    }
    if (degraded.size() <= MOST_DEGRADED) {
      degraded.forEach((entry, wanting) -> printDegraded(page, entry.id() + ": ", wanting));
      return;
    }
    degraded.values().stream()
        .flatMap(List::stream)
        .collect(Collectors.groupingBy(CopyState::storage, TreeMap::new, Collectors.counting()))
        .forEach(
            (storage, count) ->
                page.item(
                    page.style().doubtful("degraded: ")
                        + count
                        + " backups have no proved copy in "
                        + storage
                        + "; 'conitrack-backup replicate --dry-run' tells each"));
  }

  private static void printDegraded(Page page, String start, List<CopyState> wanting) {
    page.item(
        page.style().doubtful("degraded: ")
            + start
            + wanting.stream().map(CatalogueView::describe).collect(Collectors.joining("; ")));
  }

  /** Of a storage that could not be listed nothing is known, which is told as a problem. */
  private boolean isWanting(CopyState copy) {
    return !copy.proved()
        && !copy.removed()
        && catalogue.problems().stream()
            .noneMatch(p -> p.key() == null && p.storage().equals(copy.storage()));
  }

  private static String describe(CopyState copy) {
    String problem = copy.problem();
    return "no proved copy in " + copy.storage() + (problem == null ? "" : ", " + problem);
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "list").put("total", catalogue.entries().size());
    document.put("whole", catalogue.whole());
    ArrayNode backups = document.putArray("backups");
    catalogue.entries().stream()
        .limit(limit)
        .forEach(entry -> Json.fillEntry(backups.addObject(), entry));
    ArrayNode problems = document.putArray("problems");
    for (Catalogue.Problem problem : catalogue.problems()) {
      problems
          .addObject()
          .put("storage", problem.storage())
          .put("key", problem.key())
          .put("description", problem.description())
          .put("blocksDeletion", problem.blocksDeletion());
    }
  }
}
