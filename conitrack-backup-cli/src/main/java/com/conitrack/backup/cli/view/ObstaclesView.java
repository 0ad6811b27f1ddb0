package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Measures;
import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.model.BackupId;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What stands in the way of a restore.
 *
 * @param backup the backup
 * @param target where to, without any secret
 * @param obstacles empty if nothing does
 */
public record ObstaclesView(BackupId backup, String target, List<String> obstacles)
    implements View {

  @Override
  public void print(Page page) {
    String into = backup + " into " + target;
    if (obstacles.isEmpty()) {
      page.line(page.style().good("nothing stands in the way") + " of restoring " + into);
      return;
    }
    page.line(
        page.style().bad(Measures.count(obstacles.size(), "obstacle")) + " to restoring " + into);
    obstacles.forEach(page::item);
  }

  @Override
  public void fill(ObjectNode document) {
    document
        .put("command", "restore-to")
        .put("result", obstacles.isEmpty() ? "CLEAR" : "OBSTACLES")
        .put("backup", backup.value())
        .put("target", target);
    Json.fillTexts(document.putArray("obstacles"), obstacles);
  }
}
