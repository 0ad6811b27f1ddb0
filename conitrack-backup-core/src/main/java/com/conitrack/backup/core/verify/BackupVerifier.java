package com.conitrack.backup.core.verify;

import com.conitrack.backup.core.manifest.ManifestJson;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupEvent.Phase;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.ProgressMeter;
import com.conitrack.backup.core.setup.Resumptions;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.verify.Examination.Finding;
import com.conitrack.backup.core.verify.VerificationReport.VerifiedBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Verifies backups of the catalogue, copy by copy, and records each result in the register. */
public final class BackupVerifier {
  private final Setup setup;
  private final Register register;
  private final CopyExaminer examiner;

  /** Verifies what the storages of {@code setup} hold. */
  public BackupVerifier(Setup setup, Register register) {
    this.setup = setup;
    this.register = register;
    this.examiner = new CopyExaminer(setup.codecs());
  }

  /**
   * Verifies backups.
   *
   * @param entries which, out of {@code catalogue}
   * @param level STORED or CONTENT
   * @throws BackupException if nothing could be recorded in any register
   */
  public VerificationReport verify(
      Catalogue catalogue, List<CatalogueEntry> entries, VerificationLevel level) {
    if (!level.atLeast(VerificationLevel.STORED) || level == VerificationLevel.RESTORED) {
      throw new IllegalArgumentException("a verification proves STORED or CONTENT, not " + level);
    }
    List<VerifiedBackup> verified = new ArrayList<>();
    for (CatalogueEntry entry : entries) {
      verified.add(new VerifiedBackup(entry.id(), verifyCopies(catalogue, entry, level)));
    }
    return new VerificationReport(verified, catalogue.problems());
  }

  private List<Examination> verifyCopies(
      Catalogue catalogue, CatalogueEntry entry, VerificationLevel level) {
    List<Examination> examinations = new ArrayList<>();
    for (CopyState copy : entry.copies()) {
      BackupStorage storage = setup.storage(copy.storage());
      if (storage == null || isNotMeantToBeThere(entry.manifest(), copy)) {
        continue;
      }
      Examination found = named(catalogue, entry, examine(storage, entry, level));
      record(entry, found);
      examinations.add(found);
    }
    return examinations;
  }

  /**
   * A copy that was never made, and has not come since, is a degraded backup, not a damaged one;
   * one that retention deleted is neither.
   */
  private static boolean isNotMeantToBeThere(Manifest manifest, CopyState copy) {
    return copy.removed()
        || !copy.present()
            && manifest.copies().stream()
                .noneMatch(c -> c.storage().equals(copy.storage()) && c.problem() == null);
  }

  private Examination examine(
      BackupStorage storage, CatalogueEntry entry, VerificationLevel level) {
    ManifestProblem manifestProblem = manifestProblem(storage, entry);
    ProgressMeter meter =
        new ProgressMeter(setup.events(), setup.clock(), entry.id(), Phase.VERIFYING);
    Manifest manifest = entry.manifest();
    Examination found =
        examiner.examine(
            new Resumptions(setup.events(), entry.id()).listenTo(storage),
            manifest.dump(),
            manifest.contents(),
            level,
            (stored, plain, tables, rows) -> meter.progressed(plain, stored, tables, rows));
    if (manifestProblem == null || !found.proved()) {
      return found;
    }
    return new Examination(
        found.storage(),
        manifestProblem.finding,
        VerificationLevel.NONE,
        found.stored(),
        manifestProblem.detail,
        found.resumed());
  }

  private record ManifestProblem(Finding finding, String detail) {}

  private static @Nullable ManifestProblem manifestProblem(
      BackupStorage storage, CatalogueEntry entry) {
    String key = entry.manifest().key();
    try {
      byte[] bytes = SmallObjects.get(storage, key);
      if (Sha256.of(bytes).equals(entry.manifestSha256())) {
        return null;
      }
      ManifestJson.read(bytes);
      return new ManifestProblem(Finding.DAMAGED, "its manifest '" + key + "' was altered");
    } catch (BackupException e) {
      return switch (e.kind()) {
        case NOT_FOUND ->
            new ManifestProblem(Finding.MISSING, "its manifest '" + key + "' is missing");
        case DAMAGED, CONFIGURATION ->
            new ManifestProblem(Finding.DAMAGED, String.valueOf(e.getMessage()));
        default -> new ManifestProblem(Finding.UNREACHABLE, String.valueOf(e.getMessage()));
      };
    }
  }

  /** Bytes that belong to another backup tell that two files were swapped. */
  private static Examination named(
      Catalogue catalogue, CatalogueEntry entry, Examination examination) {
    ByteDigest stored = examination.stored();
    if (examination.finding() != Finding.DAMAGED || stored == null) {
      return examination;
    }
    Optional<CatalogueEntry> owner =
        catalogue.entries().stream()
            .filter(other -> !other.id().equals(entry.id()))
            .filter(other -> other.manifest().dump().stored().equals(stored))
            .findFirst();
    return owner
        .map(
            other ->
                examination.withDetail(
                    "holds the dump of '" + other.id() + "': files were swapped or overwritten"))
        .orElse(examination);
  }

  private void record(CatalogueEntry entry, Examination found) {
    String detail = found.detail();
    if (found.proved()) {
      setup.events().tell(new BackupEvent.CopyVerified(entry.id(), found.storage(), found.level()));
    } else {
      setup
          .events()
          .tell(new BackupEvent.CopyRejected(entry.id(), found.storage(), String.valueOf(detail)));
    }
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.LEVEL, found.level().name());
    details.put(RegisterDetails.RUN, entry.manifest().run());
    if (detail != null) {
      details.put(RegisterDetails.REASON, detail);
    }
    register.append(
        setup.entry(
            RegisterEvent.VERIFICATION, outcome(found), entry.id(), found.storage(), details));
  }

  private static String outcome(Examination found) {
    if (found.proved()) {
      return "PROVED";
    }
    return found.rejected() ? "REJECTED" : "UNREACHABLE";
  }
}
