package com.conitrack.backup.core.port;

import java.util.List;

/** A schema with tables that is being made. */
public interface SideLoad extends TableTransaction {

  /**
   * Executes what makes the tables complete, each statement for itself, and leaves no privilege on
   * them to anybody else.
   *
   * @return why statements failed, one sentence each; they changed nothing
   */
  List<String> complete(List<String> statements);
}
