package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupEvent.Phase;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.ProvedDumpBody.Fault;
import com.conitrack.backup.core.restore.Restorer.Loaded;
import com.conitrack.backup.core.setup.ProgressMeter;
import com.conitrack.backup.core.setup.Resumptions;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.verify.CopyExaminer;
import com.conitrack.backup.core.verify.Examination;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads one backup from the first of its copies that proves good on the way: proved copies before
 * others, otherwise in the order in which the storages are configured. A copy found damaged is
 * recorded as rejected, so that everyone knows of it and a replication can mend it. Used once.
 */
final class CopyLoader {
  /** What is smaller is loaded before a second connection stands. */
  private static final long LARGE_BYTES = 8L << 20;

  private final Setup setup;
  private final @Nullable Register register;
  private final CatalogueEntry entry;
  private final List<String> remarks;
  private final Resumptions resumptions;

  /**
   * @param register where damaged copies are recorded; null for nowhere
   * @param remarks is given what a person should know of the copies and their storages
   */
  CopyLoader(Setup setup, @Nullable Register register, CatalogueEntry entry, List<String> remarks) {
    this.setup = setup;
    this.register = register;
    this.entry = entry;
    this.remarks = remarks;
    this.resumptions = new Resumptions(setup.events(), entry.id());
  }

  /**
   * Loads it.
   *
   * @throws BackupException if no copy would do, or the target itself failed; the target is as it
   *     was, or holds a part if it was loaded in parts
   */
  Loaded load(DatabaseRestorer restorer, RestoreOptions options) {
    try {
      return loadFirstGood(restorer, options);
    } finally {
      remarks.addAll(resumptions.remarks());
    }
  }

  private Loaded loadFirstGood(DatabaseRestorer restorer, RestoreOptions options) {
    CodecChain chain = CodecChain.of(entry.manifest().dump().codecs(), setup.codecs());
    @Nullable BackupException last = null;
    for (BackupStorage storage : sources()) {
      ProvedDumpBody body =
          new ProvedDumpBody(
              resumptions.listenTo(storage), entry.manifest(), chain, meter(), options);
      try {
        remarks.addAll(restorer.restore(body, sized(options)));
        return new Loaded(
            storage.info().name(),
            body.contents(),
            body.named(),
            options.leftOut().told(body.leftOut()));
      } catch (DatabaseException e) {
        String damage = hiddenDamage(storage, body, e);
        if ((isOpen(body) && damage == null) || e.kind() == ErrorKind.CANCELLED) {
          throw e;
        }
        last =
            damage == null
                ? passedOver(storage, body.fault(), reason(e), e)
                : passedOver(storage, Fault.DAMAGED, damage, e);
      }
    }
    throw last != null ? last : noCopy();
  }

  private RestoreOptions sized(RestoreOptions options) {
    return entry.manifest().dump().plain().bytes() < LARGE_BYTES
        ? options.withConnections(1)
        : options;
  }

  private ProgressMeter meter() {
    return new ProgressMeter(setup.events(), setup.clock(), entry.id(), Phase.RESTORING);
  }

  private List<BackupStorage> sources() {
    return entry.copies().stream()
        .filter(CopyState::present)
        .sorted(Comparator.comparing(CopyState::proved).reversed())
        .map(copy -> setup.storage(copy.storage()))
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Where a dump is stored plain, what shows its damage first is whoever cannot read it: the
   * server, or our own reading of its statements; of an archive, the tool that decodes it. So
   * before the server, the target or a tool is blamed, the copy is.
   *
   * @return what is wrong with the copy, null if nothing is or something else was to blame
   */
  private @Nullable String hiddenDamage(
      BackupStorage storage, ProvedDumpBody body, DatabaseException e) {
    boolean mayBeTheCopys =
        body.fault() == Fault.UNDECODED
            || e.kind() == ErrorKind.DATABASE
            || e.kind() == ErrorKind.IO;
    if (!isOpen(body) || !mayBeTheCopys) {
      return null;
    }
    Manifest manifest = entry.manifest();
    Examination found =
        new CopyExaminer(setup.codecs())
            .examine(
                storage,
                manifest.dump(),
                manifest.contents(),
                VerificationLevel.STORED,
                CopyExaminer.Watch.NOBODY);
    return found.rejected() ? found.detail() : null;
  }

  /** Whether nothing is known yet that speaks against copy or storage. */
  private static boolean isOpen(ProvedDumpBody body) {
    return body.fault() == Fault.NONE || body.fault() == Fault.UNDECODED;
  }

  private static String reason(DatabaseException e) {
    Throwable cause = e.getCause();
    return cause == null ? e.why() : String.valueOf(cause.getMessage());
  }

  private BackupException passedOver(
      BackupStorage storage, Fault fault, String why, DatabaseException e) {
    String name = storage.info().name();
    BackupException failure =
        new BackupException(
            fault == Fault.DAMAGED ? ErrorKind.DAMAGED : ErrorKind.CONNECTION,
            "unable to restore '" + entry.id() + "' from storage '" + name + "'",
            why,
            fault == Fault.DAMAGED
                ? "nothing was loaded; verify the backup, and take another copy or backup"
                : "nothing was loaded; look at the storage and its network, then try again",
            e);
    remarks.add(failure.getMessage());
    setup.events().tell(new BackupEvent.CopyPassedOver(entry.id(), name, why));
    if (fault == Fault.DAMAGED && register != null) {
      recordRejected(register, name, why);
    }
    return failure;
  }

  /** A register that cannot be written must not keep anyone from restoring another copy. */
  private void recordRejected(Register register, String storage, String why) {
    setup.events().tell(new BackupEvent.CopyRejected(entry.id(), storage, why));
    Map<String, String> details =
        Map.of(
            RegisterDetails.LEVEL,
            VerificationLevel.NONE.name(),
            RegisterDetails.RUN,
            entry.manifest().run(),
            RegisterDetails.REASON,
            "found by a restore: " + why);
    try {
      register.append(
          setup.entry(RegisterEvent.VERIFICATION, "REJECTED", entry.id(), storage, details));
    } catch (BackupException e) {
      remarks.add(String.valueOf(e.getMessage()));
    }
  }

  private BackupException noCopy() {
    return new BackupException(
        ErrorKind.NOT_FOUND,
        "unable to restore '" + entry.id() + "'",
        "no storage holds a copy",
        null);
  }
}
