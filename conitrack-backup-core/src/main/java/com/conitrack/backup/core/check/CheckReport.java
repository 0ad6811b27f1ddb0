package com.conitrack.backup.core.check;

import com.conitrack.backup.core.check.CheckItem.Status;
import java.util.List;

/**
 * Everything that was looked at.
 *
 * @param items in the order of looking
 */
public record CheckReport(List<CheckItem> items) {
  public CheckReport {
    items = List.copyOf(items);
  }

  /** The worst status of all. */
  public Status status() {
    return items.stream().map(CheckItem::status).max(Status::compareTo).orElse(Status.OK);
  }
}
