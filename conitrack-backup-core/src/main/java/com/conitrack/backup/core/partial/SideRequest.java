package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.BackupId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to have tables of a backup beside the real ones, to look at.
 *
 * @param backup which backup
 * @param tables patterns of the tables wanted: {@code lote} in any schema, {@code public.lote},
 *     {@code public.lote*} or {@code public."Odd.name"}; partitions and inheriting tables come with
 *     them
 * @param schema name of the schema to be made; null for {@code conitrack_} with the backup's time
 */
public record SideRequest(BackupId backup, List<String> tables, @Nullable String schema) {
  public SideRequest {
    tables = List.copyOf(tables);
  }

  /** Tables of that backup, in a schema named after its time. */
  public static SideRequest of(BackupId backup, String... tables) {
    return new SideRequest(backup, List.of(tables), null);
  }

  /** The same, in this schema. */
  public SideRequest into(String name) {
    return new SideRequest(backup, tables, name);
  }
}
