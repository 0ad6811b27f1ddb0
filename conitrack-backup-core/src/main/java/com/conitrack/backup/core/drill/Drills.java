package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.PersonNames;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.List;
import java.util.Map;

/** Holds drills, lists them, and lets quality assurance sign them off. */
public final class Drills {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Drills what the storages of {@code setup} hold. */
  public Drills(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * Restores a backup into a scratch database, which is dropped afterwards however it ends, and
   * compares what was restored with the backup.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is no such backup; others only where
   *     the result could not be recorded or the catalogue not be read
   */
  public DrillOutcome drill(DrillRequest request) {
    return new DrillRun(setup, register, choose(request), request).execute();
  }

  /** The backup that a drill would restore now. */
  public CatalogueEntry choose(DrillRequest request) {
    Catalogue catalogue = catalogueReader.read();
    if (request.choice() instanceof DrillChoice.Named named) {
      return catalogue
          .find(named.id())
          .orElseThrow(
              () ->
                  notFound(
                      "unable to find backup '" + named.id() + "'",
                      "the storages hold no manifest of that name"));
    }
    String database = databaseName(request, catalogue);
    List<CatalogueEntry> good =
        catalogue.entries().stream()
            .filter(entry -> entry.manifest().database().name().equals(database))
            .filter(CatalogueEntry::good)
            .toList();
    return request
        .choice()
        .among(good, setup.clock().instant())
        .orElseThrow(
            () ->
                notFound(
                    "unable to choose a backup to drill",
                    "the storages hold no good backup of database '" + database + "' that fits"));
  }

  /** Where the database is lost and the drill held elsewhere, the newest backup tells its name. */
  private String databaseName(DrillRequest request, Catalogue catalogue) {
    try {
      return setup.database().inspector().inspect().name();
    } catch (BackupException e) {
      if (request.on() == null || catalogue.entries().isEmpty()) {
        throw e;
      }
      return catalogue.entries().get(0).manifest().database().name();
    }
  }

  /** The drills on record, oldest first. */
  public List<DrillRecord> list() {
    return DrillRecord.of(register.entries());
  }

  /**
   * Records what quality assurance says of a drill.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is no such drill, {@code RULE} if it is
   *     signed off already or the person held it
   */
  public void signOff(DrillSignature signature) {
    String what = "unable to sign off drill '" + signature.drill() + "'";
    DrillRecord drill =
        list().stream()
            .filter(each -> each.id().equals(signature.drill()))
            .findFirst()
            .orElseThrow(() -> notFound(what, "the register holds no drill of that id"));
    if (drill.signOff() != null) {
      throw refused(what, "'" + drill.signOff().person() + "' has signed it off already");
    }
    if (PersonNames.same(drill.executedBy(), signature.person())) {
      throw refused(what, "'" + signature.person() + "' held it, and another one has to verify it");
    }
    register.append(
        setup.entry(
            RegisterEvent.DRILL_SIGN_OFF,
            signature.accepted() ? "ACCEPTED" : "REFUSED",
            null,
            null,
            Map.of(
                RegisterDetails.DRILL, signature.drill(),
                RegisterDetails.PERSON, signature.person(),
                RegisterDetails.ROLE, signature.role(),
                RegisterDetails.REMARKS, signature.remarks())));
  }

  private static BackupException notFound(String what, String why) {
    return new BackupException(
        ErrorKind.NOT_FOUND,
        what,
        why,
        "name a backup that the catalogue lists, or take a new one");
  }

  private static BackupException refused(String what, String why) {
    return new BackupException(ErrorKind.RULE, what, why, null);
  }
}
