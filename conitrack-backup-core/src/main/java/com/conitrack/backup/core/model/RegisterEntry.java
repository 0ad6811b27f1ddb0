package com.conitrack.backup.core.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of the register. Every storage keeps a register of its own; the same happening has the
 * same {@code id} in each, while number and chaining are the storage's own.
 *
 * @param id identifies the happening (a UUID), the same in every storage
 * @param at when it happened
 * @param event what happened
 * @param outcome how it ended, one upper-case word, see {@link RegisterEvent}
 * @param actor who did it
 * @param backup the backup concerned, null if none
 * @param storage the storage concerned, null if none in particular
 * @param details further facts by name; values are text for people and programs, no secret
 */
public record RegisterEntry(
    String id,
    Instant at,
    RegisterEvent event,
    String outcome,
    Actor actor,
    @Nullable BackupId backup,
    @Nullable String storage,
    SortedMap<String, String> details) {
  public RegisterEntry {
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }
}
