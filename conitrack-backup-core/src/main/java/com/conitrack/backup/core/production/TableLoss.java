package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.TableName;
import org.jspecify.annotations.Nullable;

/**
 * What a restore would do to one table.
 *
 * @param table the table
 * @param rowsNow rows in the database; 0 if the table is not there
 * @param rowsInBackup rows in the backup; 0 if the table is not in it
 * @param onlyNow rows in the database that the backup does not have, new or altered since: these
 *     are lost. Null where they were not counted
 * @param onlyInBackup rows in the backup that the database no longer has, deleted or altered since:
 *     these come back. Null where they were not counted
 * @param audit whether the policy takes its rows for evidence, so that {@code onlyNow} of them are
 *     exported first
 */
public record TableLoss(
    TableName table,
    long rowsNow,
    long rowsInBackup,
    @Nullable Long onlyNow,
    @Nullable Long onlyInBackup,
    boolean audit) {}
