package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.verify.Examination;
import com.conitrack.backup.core.verify.VerificationReport;
import com.conitrack.backup.core.verify.VerificationReport.VerifiedBackup;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a verification found.
 *
 * @param report the findings
 * @param level the level asked for
 */
public record VerificationView(VerificationReport report, VerificationLevel level) implements View {

  @Override
  public void print(Page page) {
    for (VerifiedBackup backup : report.backups()) {
      page.line(backup.id() + (backup.copies().isEmpty() ? ": there is no copy" : ""));
      for (Examination copy : backup.copies()) {
        print(page, copy);
      }
    }
    for (Catalogue.Problem problem : report.problems()) {
      page.item(
          page.style().doubtful("problem: ") + problem.storage() + ": " + problem.description());
    }
    long proved = report.backups().stream().filter(VerifiedBackup::proved).count();
    page.line(
        proved
            + " of "
            + Measures.count(report.backups().size(), "backup")
            + " proved to level "
            + Measures.word(level));
  }

  private static void print(Page page, Examination copy) {
    String finding = copy.finding().name();
    String shown = copy.proved() ? page.style().good(finding) : page.style().bad(finding);
    String detail = copy.detail();
    String resumed =
        copy.resumed() == 0
            ? ""
            : " (reading broke off and was resumed "
                + (copy.resumed() == 1 ? "once)" : copy.resumed() + " times)");
    page.wrapped(
        "  " + copy.storage() + ": ",
        "      ",
        shown + resumed + (detail == null ? "" : ": " + detail));
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "verify").put("level", level.name()).put("proved", report.proved());
    ArrayNode backups = document.putArray("backups");
    for (VerifiedBackup backup : report.backups()) {
      ObjectNode node =
          backups.addObject().put("id", backup.id().value()).put("proved", backup.proved());
      ArrayNode copies = node.putArray("copies");
      for (Examination copy : backup.copies()) {
        copies
            .addObject()
            .put("storage", copy.storage())
            .put("finding", copy.finding().name())
            .put("level", copy.level().name())
            .put("detail", copy.detail())
            .put("resumed", copy.resumed());
      }
    }
    ArrayNode problems = document.putArray("problems");
    for (Catalogue.Problem problem : report.problems()) {
      problems
          .addObject()
          .put("storage", problem.storage())
          .put("key", problem.key())
          .put("description", problem.description());
    }
  }
}
