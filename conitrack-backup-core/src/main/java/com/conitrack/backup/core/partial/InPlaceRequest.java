package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.BackupId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to have tables in their place as they are in a backup.
 *
 * @param backup which backup
 * @param tables patterns of the tables, as in {@link SideRequest}
 * @param reason why, null if not yet known
 */
public record InPlaceRequest(BackupId backup, List<String> tables, @Nullable String reason) {
  public InPlaceRequest {
    tables = List.copyOf(tables);
  }

  /** Tables of that backup. */
  public static InPlaceRequest of(BackupId backup, String... tables) {
    return new InPlaceRequest(backup, List.of(tables), null);
  }

  /** The same, with the reason. */
  public InPlaceRequest because(String words) {
    return new InPlaceRequest(backup, tables, words);
  }
}
