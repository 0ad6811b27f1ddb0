package com.conitrack.backup.core.status;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.register.RegisterFinding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read to judge how the backups stand. May be kept and judged again later, which costs
 * nothing: {@link BackupStatus#of}.
 *
 * @param database the database's name; null if it could not be asked and no backup tells it
 * @param databaseProblem why the database could not be asked, null if it could
 * @param storages names of the storages, in the configured order
 * @param catalogue what the storages hold
 * @param entries the register's entries, ordered by time
 * @param findings what is wrong with the register
 * @param at when it was read
 */
public record StatusReading(
    @Nullable String database,
    @Nullable String databaseProblem,
    List<String> storages,
    Catalogue catalogue,
    List<RegisterEntry> entries,
    List<RegisterFinding> findings,
    Instant at) {
  public StatusReading {
    storages = List.copyOf(storages);
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }
}
