package com.conitrack.backup.core.check;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.check.CheckItem.Status;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.DumpReport;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at policy, database, tools, storages, register and catalogue. Leaves nothing behind. */
public final class Checker {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Checks what {@code setup} is made of. */
  public Checker(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /** Looks at everything; what fails is told, not thrown. */
  public CheckReport check() {
    List<CheckItem> items = new ArrayList<>();
    checkPolicy(items);
    DatabaseFacts facts = checkDatabase(items);
    for (BackupStorage storage : setup.storages()) {
      items.add(new StorageProbe(storage, setup.clock()).probe());
    }
    checkLocks(items);
    checkRegister(items);
    checkCatalogue(items, facts);
    checkUnfinished(items, facts);
    return new CheckReport(items);
  }

  private void checkPolicy(List<CheckItem> items) {
    var warnings = setup.policy().warnings(setup.storages().size());
    warnings.forEach(
        w -> items.add(new CheckItem("policy", Status.WARNING, w.message(), w.remedy())));
    if (warnings.isEmpty()) {
      items.add(new CheckItem("policy", Status.OK, "nothing unwise in it", null));
    }
  }

  private @Nullable DatabaseFacts checkDatabase(List<CheckItem> items) {
    DatabaseFacts facts = attempt(items, "database", () -> setup.database().inspector().inspect());
    if (facts == null) {
      return null;
    }
    items.add(
        new CheckItem(
            "database",
            Status.OK,
            "'"
                + facts.name()
                + "' on "
                + facts.server()
                + ", PostgreSQL "
                + facts.version()
                + ", "
                + facts.bytes()
                + " bytes on disk",
            null));
    DumpReport tool = attempt(items, "tools", () -> setup.database().dumper().tool());
    if (tool != null) {
      Status status = tool.remarks().isEmpty() ? Status.OK : Status.WARNING;
      String remarks = tool.remarks().isEmpty() ? "" : ": " + String.join("; ", tool.remarks());
      items.add(new CheckItem("tools", status, tool.tool() + " " + tool.version() + remarks, null));
    }
    return facts;
  }

  private void checkLocks(List<CheckItem> items) {
    if (setup.policy().immutability().required()) {
      List<RegisterEntry> entries = attempt(items, "immutability", register::entries);
      if (entries != null) {
        items.addAll(new Qualifications(setup, register).locks(entries));
      }
    }
  }

  private void checkRegister(List<CheckItem> items) {
    Catalogue catalogue = attempt(items, "catalogue", catalogueReader::read);
    List<Manifest> manifests =
        catalogue == null
            ? List.of()
            : catalogue.entries().stream().map(CatalogueEntry::manifest).toList();
    var findings = attempt(items, "register", () -> register.verify(manifests));
    if (findings == null) {
      return;
    }
    findings.forEach(
        f ->
            items.add(
                new CheckItem(
                    "register", f.isError() ? Status.FAILED : Status.WARNING, f.toString(), null)));
    if (findings.isEmpty()) {
      items.add(new CheckItem("register", Status.OK, "every chain is unbroken", null));
    }
  }

  private void checkCatalogue(List<CheckItem> items, @Nullable DatabaseFacts facts) {
    Catalogue catalogue = attempt(items, "catalogue", catalogueReader::read);
    if (catalogue == null) {
      return;
    }
    catalogue
        .problems()
        .forEach(
            p ->
                items.add(
                    new CheckItem(
                        "catalogue",
                        p.weight() == Catalogue.Weight.NOTE ? Status.WARNING : Status.FAILED,
                        p.storage() + ": " + p.description(),
                        null)));
    if (facts != null) {
      items.add(recoveryPoint(catalogue.newestGood(facts.name())));
    }
  }

  /** A register that cannot be read is told where it is checked itself. */
  private void checkUnfinished(List<CheckItem> items, @Nullable DatabaseFacts facts) {
    if (facts == null) {
      return;
    }
    try {
      items.addAll(new Unfinished(setup, register.entries(), facts.name()).items());
    } catch (BackupException e) {
      items.add(new CheckItem("restores", Status.WARNING, e.what() + ": " + e.why(), e.hint()));
    }
  }

  private CheckItem recoveryPoint(Optional<CatalogueEntry> newest) {
    Duration rpo = setup.policy().rpo();
    if (newest.isEmpty()) {
      return new CheckItem(
          "recovery point", Status.WARNING, "there is no good backup yet", "take a backup");
    }
    Instant at = newest.get().manifest().startedAt();
    Duration age = Duration.between(at, setup.clock().instant());
    String detail =
        "the newest good backup, '" + newest.get().id() + "', is " + age.toHours() + " hours old";
    return age.compareTo(rpo) <= 0
        ? new CheckItem("recovery point", Status.OK, detail, null)
        : new CheckItem(
            "recovery point",
            Status.FAILED,
            detail + "; the policy allows " + rpo.toHours(),
            "take a backup and find out why the schedule did not");
  }

  private static <T> @Nullable T attempt(List<CheckItem> items, String subject, Supplier<T> look) {
    try {
      return look.get();
    } catch (BackupException e) {
      items.add(new CheckItem(subject, Status.FAILED, e.what() + ": " + e.why(), e.hint()));
      return null;
    }
  }
}
