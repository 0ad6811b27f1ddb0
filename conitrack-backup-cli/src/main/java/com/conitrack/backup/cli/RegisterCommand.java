package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.FindingsView;
import com.conitrack.backup.cli.view.RegisterView;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.RegisterEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The register. */
@Command(
    name = "register",
    header = "Show or verify the register of all that was done.",
    description =
        "Every storage keeps a register: numbered entries, each with the digest of the one before, "
            + "so that none can be altered, removed or put in between unseen.",
    footer = {
      "  conitrack-backup register show --since 2026-01-01",
      "  conitrack-backup register verify"
    },
    subcommands = {RegisterCommand.Show.class, RegisterCommand.Verify.class})
final class RegisterCommand extends Action {
  @Override
  public Integer call() {
    throw new ParameterException(spec().commandLine(), "show or verify is wanted");
  }

  /** Shows entries. */
  @Command(
      name = "show",
      header = "Show what was done, oldest first.",
      description = "Entries that are in several storages are shown once.",
      footer = {
        "  conitrack-backup register show --limit 20",
        "  conitrack-backup register show --since 2026-01-01T00:00:00Z --json"
      })
  static final class Show extends Action {
    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "From this day or instant on, UTC: 2026-01-31 or 2026-01-31T03:00:00Z.")
    @Nullable String since;

    @Option(
        names = {"-n", "--limit"},
        paramLabel = "N",
        description = "Only the newest N.")
    int limit = Integer.MAX_VALUE;

    @Override
    public Integer call() {
      Instant from = since == null ? Instant.MIN : instant(since);
      List<RegisterEntry> all = backup().register().entries();
      List<RegisterEntry> chosen = all.stream().filter(e -> !e.at().isBefore(from)).toList();
      int skipped = Math.max(0, chosen.size() - Math.max(0, limit));
      output().show(new RegisterView(chosen.subList(skipped, chosen.size()), all.size()));
      return ExitCode.OK;
    }

    private static Instant instant(String text) {
      try {
        return text.contains("T")
            ? Instant.parse(text)
            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      } catch (DateTimeException e) {
        throw new UsageException(
            "unable to use --since '" + text + "'",
            "it is neither a day nor an instant",
            "write 2026-01-31 or 2026-01-31T03:00:00Z");
      }
    }
  }

  /** Verifies the chains. */
  @Command(
      name = "verify",
      header = "Prove that no entry was altered, removed or put in between.",
      description =
          "Follows the chain of every storage and compares it with what the manifests have seen of "
              + "it, so that entries cut off its end are missed too.",
      footer = "  conitrack-backup register verify --json")
  static final class Verify extends Action {
    @Override
    public Integer call() {
      var manifests =
          backup().catalogue().entries().stream().map(CatalogueEntry::manifest).toList();
      var register = backup().register();
      FindingsView view = new FindingsView(register.verify(manifests), register.heads());
      output().show(view);
      return view.sound() ? ExitCode.OK : ExitCode.FINDINGS;
    }
  }
}
