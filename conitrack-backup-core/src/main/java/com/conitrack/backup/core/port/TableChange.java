package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.TableName;
import java.util.List;

/**
 * What an exchange changes in one table.
 *
 * @param table the table
 * @param key the columns that tell its rows apart: its primary key; empty if it has none, and then
 *     rows are compared whole, equal ones by their number, and none counts as altered
 * @param rowsNow rows in the database
 * @param rowsInBackup rows in the backup
 * @param added rows that come
 * @param removed rows that go
 * @param altered rows that stay, with other values
 * @param addedKeys keys of some of them, as the server writes rows; never other values
 * @param removedKeys the same of rows that go
 * @param alteredKeys the same of rows that are altered
 * @param difference stands for exactly these changes, row by row: another one means that others
 *     would be made. To notice a change, not to withstand who forges one
 */
public record TableChange(
    TableName table,
    List<String> key,
    long rowsNow,
    long rowsInBackup,
    long added,
    long removed,
    long altered,
    List<String> addedKeys,
    List<String> removedKeys,
    List<String> alteredKeys,
    String difference) {
  public TableChange {
    key = List.copyOf(key);
    addedKeys = List.copyOf(addedKeys);
    removedKeys = List.copyOf(removedKeys);
    alteredKeys = List.copyOf(alteredKeys);
  }

  /** Rows that are left alone. */
  public long untouched() {
    return rowsNow - removed - altered;
  }

  /** Whether nothing changes. */
  public boolean nothing() {
    return added + removed + altered == 0;
  }
}
