package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupEvent.Phase;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.ProgressMeter;
import com.conitrack.backup.core.setup.Resumptions;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The storages that a backup can be copied from, asked in their order. One that fails is passed
 * over; one whose copy turns out damaged is recorded as rejected as well.
 */
final class Sources {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Setup setup;
  private final Register register;
  private final ReplicationTask task;
  private final Manifest manifest;
  private final List<String> remarks;
  private final List<BackupStorage> left;
  private final Resumptions resumptions;

  Sources(Setup setup, Register register, ReplicationTask task, List<String> remarks) {
    this.setup = setup;
    this.register = register;
    this.task = task;
    this.manifest = task.entry().manifest();
    this.remarks = remarks;
    this.resumptions = new Resumptions(setup.events(), task.id());
    this.left =
        new ArrayList<>(
            task.sources().stream().map(setup::storage).filter(Objects::nonNull).toList());
  }

  Resumptions resumptions() {
    return resumptions;
  }

  /** Remarks on readings that had to be resumed. */
  void remark() {
    remarks.addAll(resumptions.remarks());
  }

  /**
   * The manifest's bytes, as the catalogue saw them.
   *
   * @throws BackupException if no storage gives them
   */
  byte[] manifest() {
    List<BackupStorage> storages = new ArrayList<>(left);
    storages.add(Objects.requireNonNull(setup.storage(task.storage())));
    for (BackupStorage storage : storages) {
      try {
        byte[] bytes = SmallObjects.get(storage, manifest.key());
        if (Sha256.of(bytes).equals(task.entry().manifestSha256())) {
          return bytes;
        }
      } catch (StorageException e) {
        remarks.add(String.valueOf(e.getMessage()));
      }
    }
    throw unable(
        "no storage gives the manifest that the catalogue read", "list the catalogue again");
  }

  /**
   * Reads sources until one proves to be what was recorded.
   *
   * @return its name
   * @throws BackupException if none does
   */
  String prove() {
    return first(
        source -> {
          try (SourceStream object = open(source)) {
            object.requireToBe(manifest.dump().stored());
          }
        });
  }

  /**
   * Streams the first source that proves good on the way into an upload, and commits it.
   *
   * @param begin starts an upload
   * @return the source's name
   * @throws BackupException if no source does; what an upload throws passes as it is
   */
  String streamTo(Supplier<Upload> begin) {
    return first(
        source -> {
          try (SourceStream object = open(source);
              Upload upload = begin.get()) {
            pump(object, upload);
            object.requireToBe(manifest.dump().stored());
            upload.commit();
          }
        });
  }

  private void pump(SourceStream object, Upload upload) throws SourceFailure {
    ProgressMeter meter =
        new ProgressMeter(setup.events(), setup.clock(), task.id(), Phase.REPLICATING);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = object.read(buffer); read >= 0; read = object.read(buffer)) {
      upload.write(buffer, 0, read);
      meter.progressed(0, object.bytesSoFar(), 0, 0);
    }
  }

  private SourceStream open(BackupStorage source) throws SourceFailure {
    return new SourceStream(resumptions.listenTo(source), manifest.dump().key());
  }

  @FunctionalInterface
  private interface Use {
    void of(BackupStorage source) throws SourceFailure;
  }

  private String first(Use use) {
    while (!left.isEmpty()) {
      BackupStorage source = left.get(0);
      try {
        use.of(source);
        return source.info().name();
      } catch (SourceFailure e) {
        left.remove(0);
        passOver(source.info().name(), e);
      }
    }
    throw unable("no source could be read and proved", "verify the backup's other copies");
  }

  private void passOver(String source, SourceFailure failure) {
    String why = String.valueOf(failure.getMessage());
    remarks.add("'" + task.id() + "' could not be copied from storage '" + source + "': " + why);
    setup.events().tell(new BackupEvent.CopyPassedOver(task.id(), source, why));
    if (failure.damaged()) {
      setup.events().tell(new BackupEvent.CopyRejected(task.id(), source, why));
      register.append(
          setup.entry(
              RegisterEvent.VERIFICATION,
              "REJECTED",
              task.id(),
              source,
              Map.of(
                  RegisterDetails.LEVEL,
                  VerificationLevel.NONE.name(),
                  RegisterDetails.RUN,
                  manifest.run(),
                  RegisterDetails.REASON,
                  "found by a replication: " + why)));
    }
  }

  private BackupException unable(String why, String hint) {
    return new BackupException(
        ErrorKind.DAMAGED,
        "unable to make the copy of '" + task.id() + "' in storage '" + task.storage() + "' good",
        why,
        hint);
  }
}
