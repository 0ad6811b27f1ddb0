package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.EntryView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows one backup. */
@Command(
    name = "show",
    header = "Show all that is known of one backup.",
    description =
        "Where it comes from, what it holds table by table, its digests, its copies and their "
            + "proofs, and what a server must offer before it can be restored. With --json the "
            + "manifest is included as it is stored.",
    footer = {
      "  conitrack-backup show backup_2026-01-06_03-00-00",
      "  conitrack-backup show --latest --json | jq .manifest.requirements"
    })
final class ShowCommand extends Action {
  @Mixin final Which which = new Which();

  @Override
  public Integer call() {
    var entry = which.one(this, Which.Latest.ANY);
    output().show(new EntryView(entry, shell().clock().instant()));
    return ExitCode.OK;
  }
}
