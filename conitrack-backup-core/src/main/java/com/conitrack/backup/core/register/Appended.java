package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.RegisterAnchor;
import java.util.List;

/**
 * What became of an entry that was appended to the registers of several storages.
 *
 * @param anchors where it stands, in each storage that took it; at least one
 * @param failures why others did not, one message each
 */
public record Appended(List<RegisterAnchor> anchors, List<String> failures) {
  public Appended {
    anchors = List.copyOf(anchors);
    failures = List.copyOf(failures);
  }
}
