package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.adopt.AdoptionPreview;
import com.conitrack.backup.core.dump.DumpFindings;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/** What a dump that another tool has made turned out to be. */
public record AdoptionView(AdoptionPreview preview) implements View {

  @Override
  public void print(Page page) {
    page.line(
        preview.adoptable()
            ? page.style().good("can be adopted: ") + preview.source()
            : page.style().bad("cannot be adopted: ") + preview.source());
    DumpFindings findings = preview.findings();
    page.field("form", form());
    page.field(
        "dumped",
        "from PostgreSQL "
            + Objects.toString(findings.dumpedFrom(), "(not said)")
            + " by pg_dump "
            + Objects.toString(findings.dumpedBy(), "(not said)"));
    page.field("taken at", preview.takenAt().toString());
    page.field(
        "contents",
        Measures.count(findings.fingerprint().tables().size(), "table")
            + ", "
            + Measures.count(findings.fingerprint().rows(), "row"));
    page.field(
        "size",
        Measures.bytes(preview.stored().bytes())
            + ", "
            + Measures.bytes(findings.plain().bytes())
            + " plain");
    page.field("sha256", preview.stored().sha256().hex());
    preview.obstacles().forEach(obstacle -> page.field("obstacle", obstacle));
  }

  private String form() {
    return preview.chain().ids().isEmpty()
        ? "plain SQL"
        : String.join(", then ", preview.chain().ids());
  }

  @Override
  public void fill(ObjectNode document) {
    DumpFindings findings = preview.findings();
    document
        .put("command", "adopt")
        .put("adoptable", preview.adoptable())
        .put("source", preview.source())
        .put("takenAt", preview.takenAt().toString())
        .put("storedBytes", preview.stored().bytes())
        .put("storedSha256", preview.stored().sha256().hex())
        .put("plainBytes", findings.plain().bytes())
        .put("tables", findings.fingerprint().tables().size())
        .put("rows", findings.fingerprint().rows())
        .put("dumpedFrom", Objects.toString(findings.dumpedFrom(), null))
        .put("dumpedBy", Objects.toString(findings.dumpedBy(), null));
    Json.fillTexts(document.putArray("codecs"), preview.chain().ids());
    Json.fillRules(document.putArray("rules"), preview.rules());
    Json.fillTexts(document.putArray("obstacles"), preview.obstacles());
    Json.fillTexts(document.putArray("remarks"), preview.remarks());
  }
}
