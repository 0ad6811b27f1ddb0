package com.conitrack.backup.core.production;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How restores of a database stand.
 *
 * @param database the database
 * @param records all restores on record, oldest first
 * @param settled what had been interrupted and was settled just now, a sentence each
 * @param busy who is at work, null if nobody is; then nothing was settled
 */
public record RestoreStatus(
    String database, List<RestoreRecord> records, List<String> settled, @Nullable String busy) {
  public RestoreStatus {
    records = List.copyOf(records);
    settled = List.copyOf(settled);
  }
}
