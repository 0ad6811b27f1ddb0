package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.ServerVersion;
import java.util.List;

/**
 * How a dump was made.
 *
 * @param tool name of the tool, such as {@code pg_dump}
 * @param version its version
 * @param options options it was given, without any secret
 * @param remarks what a reader of the backup should know: warnings of the tool, or that a newer
 *     major version than the server's was used
 */
public record DumpReport(
    String tool, ServerVersion version, List<String> options, List<String> remarks) {
  public DumpReport {
    options = List.copyOf(options);
    remarks = List.copyOf(remarks);
  }
}
