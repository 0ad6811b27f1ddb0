package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.CatalogueView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the catalogue. */
@Command(
    name = "list",
    header = "List the backups that the storages hold, newest first.",
    description =
        "Reads the manifests in all storages; the database is not needed. PROVED tells the "
            + "strongest level any copy was proved to: stored (bytes read back), content (decoded and "
            + "inspected), restored (a drill passed). COPIES tells how many of how many are proved.",
    footer = {
      "  conitrack-backup list",
      "  conitrack-backup list --all --json | jq '.backups[] | select(.good) | .id'"
    })
final class ListCommand extends Action {
  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "30",
      description = "Show the newest N. Default: ${DEFAULT-VALUE}.")
  int limit = 30;

  @Option(
      names = {"-a", "--all"},
      description = "Show all.")
  boolean all;

  @Override
  public Integer call() {
    if (limit < 0) {
      throw new UsageException(
          "unable to list " + limit + " backups",
          "that is less than none",
          "give a number from 0, or --all");
    }
    var catalogue = backup().catalogue();
    int most = all ? Integer.MAX_VALUE : limit;
    output().show(new CatalogueView(catalogue, most, shell().clock().instant()));
    return catalogue.problems().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }
}
