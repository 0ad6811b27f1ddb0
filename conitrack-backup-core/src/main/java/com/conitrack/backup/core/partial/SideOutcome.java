package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableName;
import java.time.Duration;
import java.util.List;

/** How it ended to put tables of a backup beside. */
public sealed interface SideOutcome {
  /** The backup. */
  BackupId backup();

  /** What a person should know: what was left out of the tables, copies passed over. */
  List<String> remarks();

  /**
   * They are there, and dump to the rows that the backup's manifest tells of.
   *
   * @param schema the schema they are in
   * @param storage where the copy was read from
   * @param tables the tables
   * @param took how long it took
   */
  record Loaded(
      BackupId backup,
      String schema,
      String storage,
      List<Table> tables,
      Duration took,
      List<String> remarks)
      implements SideOutcome {
    public Loaded {
      tables = List.copyOf(tables);
      remarks = List.copyOf(remarks);
    }

    /** Rows of all tables together. */
    public long rows() {
      return tables.stream().mapToLong(Table::rows).sum();
    }
  }

  /**
   * A table beside.
   *
   * @param source the table in the backup
   * @param table what it is called beside
   * @param rows its rows
   * @param sha256 their digest, the same in the manifest and beside
   */
  record Table(TableName source, TableName table, long rows, Sha256 sha256) {}

  /** They were loaded and differed from the backup, as told line by line, and were dropped. */
  record Different(BackupId backup, List<String> differences, List<String> remarks)
      implements SideOutcome {
    public Different {
      differences = List.copyOf(differences);
      remarks = List.copyOf(remarks);
    }
  }

  /** Nothing was made. */
  record Failed(BackupId backup, BackupException failure, List<String> remarks)
      implements SideOutcome {
    public Failed {
      remarks = List.copyOf(remarks);
    }
  }
}
