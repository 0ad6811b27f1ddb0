package com.conitrack.backup.core.model;

import java.util.List;

/**
 * The tool that made a dump.
 *
 * @param name such as {@code pg_dump}
 * @param version its version
 * @param options the options it was given, without any secret
 * @param remarks warnings, or that a newer major version than the server's was used
 */
public record ToolFacts(
    String name, ServerVersion version, List<String> options, List<String> remarks) {
  public ToolFacts {
    options = List.copyOf(options);
    remarks = List.copyOf(remarks);
  }
}
