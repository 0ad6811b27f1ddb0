package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.check.PropertyFinding;
import com.conitrack.backup.core.check.PropertyFinding.Result;
import com.conitrack.backup.core.check.StorageQualification;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What putting storages to the test has shown.
 *
 * @param results one for each storage
 */
public record QualificationView(List<StorageQualification> results) implements View {
  private static final String START = "%-8s  %-22s  ";
  private static final String INDENT = " ".repeat(34);

  public QualificationView {
    results = List.copyOf(results);
  }

  @Override
  public void print(Page page) {
    for (int i = 0; i < results.size(); i++) {
      if (i > 0) {
        page.gap();
      }
      print(page, results.get(i));
    }
  }

  private static void print(Page page, StorageQualification result) {
    page.heading("Storage " + result.storage() + " at " + result.location());
    for (PropertyFinding finding : result.findings()) {
      String start = START.formatted(finding.result(), finding.property().id());
      page.wrapped(coloured(page, finding.result(), start), INDENT, finding.detail());
      if (finding.hint() != null) {
        page.wrapped(INDENT + "hint: ", INDENT, finding.hint());
      }
    }
    result.removed().forEach(key -> page.item("removed '" + key + "', left by an earlier test"));
    result.left().forEach(left -> page.item("stays for a later test to remove: " + left));
    page.line(
        result.passed()
            ? page.style().good("every test passed") + took(result)
            : page.style().bad(failed(result) + " failed") + took(result));
  }

  private static String coloured(Page page, Result result, String text) {
    return switch (result) {
      case PROVED -> page.style().good(text);
      case ABSENT -> page.style().doubtful(text);
      case FAILED -> page.style().bad(text);
    };
  }

  private static String took(StorageQualification result) {
    return ", took " + Measures.duration(result.duration());
  }

  private static String failed(StorageQualification result) {
    long count = result.findings().stream().filter(f -> f.result() == Result.FAILED).count();
    return Measures.count(count, "test");
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "check storage")
        .put("passed", results.stream().allMatch(StorageQualification::passed));
    ArrayNode storages = document.putArray("storages");
    for (StorageQualification result : results) {
      fill(storages.addObject(), result);
    }
  }

  private static void fill(ObjectNode node, StorageQualification result) {
    node.put("storage", result.storage())
        .put("location", result.location())
        .put("passed", result.passed())
        .put("startedAt", result.startedAt().toString())
        .put("durationMillis", result.duration().toMillis());
    ArrayNode properties = node.putArray("properties");
    for (PropertyFinding finding : result.findings()) {
      properties
          .addObject()
          .put("property", finding.property().id())
          .put("result", finding.result().name())
          .put("detail", finding.detail())
          .put("hint", finding.hint());
    }
    Json.fillTexts(node.putArray("removed"), result.removed());
    Json.fillTexts(node.putArray("left"), result.left());
  }
}
