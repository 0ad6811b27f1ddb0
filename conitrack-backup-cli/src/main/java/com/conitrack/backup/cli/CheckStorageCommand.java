package com.conitrack.backup.cli;

import com.conitrack.backup.cli.config.StorageConfig;
import com.conitrack.backup.cli.view.QualificationView;
import com.conitrack.backup.core.check.StorageQualification;
import com.conitrack.backup.core.check.StorageQualifier;
import com.conitrack.backup.core.policy.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts storages to the test. */
@Command(
    name = "storage",
    header = "Prove that a storage behaves as backups need it to.",
    description =
        "Writes, races, gives up, reads from the middle, deletes, and tries to delete too early, "
            + "all below 'check/', and measures speed and clock. Removes what it wrote, and what "
            + "tests that died have left; what a lock holds is told and removed by a later test. "
            + "The result goes into the register as evidence. Exit code 1 if a test failed.",
    footer = {
      "  conitrack-backup check storage",
      "  conitrack-backup check storage r2 --size 64MiB"
    })
final class CheckStorageCommand extends Action {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "The storages; all if none is named.")
  @Nullable List<String> names;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "Of the large object that is written and read: 20MiB unless given.")
  @Nullable String size;

  @Override
  public Integer call() {
    long bytes = size == null ? StorageQualifier.USUAL_SIZE : bytes(size);
    List<StorageQualification> results = new ArrayList<>();
    for (String name : chosen()) {
      output().note("testing storage '" + name + "'");
      results.add(backup().qualify(name, bytes));
    }
    output().show(new QualificationView(results));
    return results.stream().allMatch(StorageQualification::passed)
        ? ExitCode.OK
        : ExitCode.FINDINGS;
  }

  private List<String> chosen() {
    List<String> known = session().config().storages().stream().map(StorageConfig::name).toList();
    if (names == null || names.isEmpty()) {
      return known;
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException(
            "unable to check storage '" + name + "'",
            "the configuration has none of that name",
            "name one of: " + String.join(", ", known));
      }
    }
    return names.stream().distinct().toList();
  }

  private static long bytes(String text) {
    return Units.bytes(text)
        .filter(bytes -> bytes >= 1)
        .orElseThrow(
            () ->
                new UsageException(
                    "unable to use --size '" + text + "'", "it is no size", "write 64MiB"));
  }
}
