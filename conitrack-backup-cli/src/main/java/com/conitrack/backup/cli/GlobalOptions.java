package com.conitrack.backup.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that may stand before and after every command. */
final class GlobalOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The configuration file; otherwise found as the main help tells.")
  @Nullable Path config;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Write one JSON document to standard output, for programs.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Leave out progress and remarks.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Tell more on standard error; with stack traces.")
  boolean verbose;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Who acts, for manifests and the register.")
  @Nullable String actor;

  @Option(
      names = "--no-progress",
      scope = ScopeType.INHERIT,
      description = "Draw no progress, also on a terminal.")
  boolean noProgress;
}
