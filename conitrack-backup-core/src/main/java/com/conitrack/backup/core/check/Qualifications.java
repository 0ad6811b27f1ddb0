package com.conitrack.backup.core.check;

import com.conitrack.backup.core.check.CheckItem.Status;
import com.conitrack.backup.core.check.PropertyFinding.Result;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts storages to the test, records what that showed, and asks what was proved before. */
public final class Qualifications {
  private static final String PROPERTY = "property.";
  private static final String LOCATION = "location";
  private static final String LOCK = PROPERTY + StorageProperty.LOCK.id();

  private final Setup setup;
  private final Register register;

  /** Qualifies the storages of {@code setup}. */
  public Qualifications(Setup setup, Register register) {
    this.setup = setup;
    this.register = register;
  }

  /**
   * Puts the storage of that name to the test and records it in the registers of all.
   *
   * @param largeBytes size of the large object; see {@link StorageQualifier}
   * @throws BackupException kind {@code NOT_FOUND} if there is no such storage; another if no
   *     register could take the result
   */
  public StorageQualification qualify(String name, long largeBytes) {
    BackupStorage storage = setup.storage(name);
    if (storage == null) {
      throw new BackupException(
          ErrorKind.NOT_FOUND,
          "unable to check storage '" + name + "'",
          "there is no storage of that name",
          "name one of: "
              + String.join(", ", setup.storages().stream().map(s -> s.info().name()).toList()));
    }
    StorageQualification result =
        new StorageQualifier(storage, setup.clock(), setup.policy().immutability(), largeBytes)
            .qualify();
    register.append(
        setup.entry(
            RegisterEvent.QUALIFICATION,
            result.passed() ? "PASSED" : "FAILED",
            null,
            name,
            details(result)));
    return result;
  }

  private static Map<String, String> details(StorageQualification result) {
    Map<String, String> details = new TreeMap<>();
    details.put(LOCATION, result.location());
    details.put(RegisterDetails.DURATION_MILLIS, Long.toString(result.duration().toMillis()));
    for (PropertyFinding finding : result.findings()) {
      details.put(
          PROPERTY + finding.property().id(), finding.result().name() + ": " + finding.detail());
    }
    return details;
  }

  /** One item for each storage that must have proved its lock, telling whether it has. */
  List<CheckItem> locks(List<RegisterEntry> entries) {
    return setup.storages().stream()
        .map(BackupStorage::info)
        .filter(info -> setup.policy().immutability().requiredOf(info.name()))
        .map(info -> lock(info, entries))
        .toList();
  }

  private CheckItem lock(StorageInfo storage, List<RegisterEntry> entries) {
    String subject = "immutability of " + storage.name();
    String fix = "conitrack-backup check storage " + storage.name();
    Optional<RegisterEntry> newest =
        entries.stream()
            .filter(entry -> entry.event() == RegisterEvent.QUALIFICATION)
            .filter(entry -> storage.name().equals(entry.storage()))
            .filter(entry -> storage.location().equals(entry.details().get(LOCATION)))
            .max(Comparator.comparing(RegisterEntry::at));
    if (newest.isEmpty()) {
      return new CheckItem(
          subject, Status.WARNING, "the policy requires it, and nothing has proved it yet", fix);
    }
    Instant at = newest.get().at();
    if (!newest.get().details().getOrDefault(LOCK, "").startsWith(Result.PROVED.name())) {
      return new CheckItem(
          subject, Status.FAILED, "the policy requires it, and it was not proved on " + at, fix);
    }
    Immutability immutability = setup.policy().immutability();
    boolean old = at.plus(immutability.proofAge()).isBefore(setup.clock().instant());
    return old
        ? new CheckItem(
            subject,
            Status.WARNING,
            "last proved on "
                + at
                + ", more than "
                + immutability.proofAge().toDays()
                + " days ago",
            fix)
        : new CheckItem(subject, Status.OK, "proved on " + at, null);
  }
}
