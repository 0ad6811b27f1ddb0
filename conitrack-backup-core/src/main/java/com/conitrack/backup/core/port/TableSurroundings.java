package com.conitrack.backup.core.port;

import java.util.List;

/**
 * What hangs on tables whose rows are exchanged, in words.
 *
 * @param triggers the user's triggers on them, which are kept from firing
 * @param foreignKeys foreign keys from them and to them, which are checked
 * @param sequences sequences that number their rows, which are moved on and never back
 * @param views materialised views made from them, which stay as they are
 */
public record TableSurroundings(
    List<String> triggers, List<String> foreignKeys, List<String> sequences, List<String> views) {
  /** Nothing. */
  public static final TableSurroundings NONE =
      new TableSurroundings(List.of(), List.of(), List.of(), List.of());

  public TableSurroundings {
    triggers = List.copyOf(triggers);
    foreignKeys = List.copyOf(foreignKeys);
    sequences = List.copyOf(sequences);
    views = List.copyOf(views);
  }
}
