package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.register.RegisterFinding;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the verification of the register found.
 *
 * @param findings what is not as it should be
 * @param heads where each storage's register ends
 */
public record FindingsView(List<RegisterFinding> findings, List<RegisterAnchor> heads)
    implements View {
  public FindingsView {
    findings = List.copyOf(findings);
    heads = List.copyOf(heads);
  }

  /** Whether the register can be relied upon. */
  public boolean sound() {
    return findings.stream().noneMatch(RegisterFinding::isError);
  }

  @Override
  public void print(Page page) {
    for (RegisterFinding finding : findings) {
      String kind = finding.kind().name();
      String shown = finding.isError() ? page.style().bad(kind) : page.style().doubtful(kind);
      page.wrapped(
          shown + "  ", "    ", "storage '" + finding.storage() + "': " + finding.description());
    }
    for (RegisterAnchor head : heads) {
      page.line(
          head.storage() + ": " + head.sequence() + " is the newest, sha256 " + head.sha256());
    }
    page.line(
        sound()
            ? page.style().good("the register is sound")
            : page.style().bad("the register cannot be relied upon"));
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "register verify").put("sound", sound());
    ArrayNode array = document.putArray("findings");
    for (RegisterFinding finding : findings) {
      array
          .addObject()
          .put("storage", finding.storage())
          .put("key", finding.key())
          .put("kind", finding.kind().name())
          .put("severity", finding.severity().name())
          .put("description", finding.description());
    }
    ArrayNode ends = document.putArray("heads");
    for (RegisterAnchor head : heads) {
      ends.addObject()
          .put("storage", head.storage())
          .put("sequence", head.sequence())
          .put("sha256", head.sha256().hex());
    }
  }
}
