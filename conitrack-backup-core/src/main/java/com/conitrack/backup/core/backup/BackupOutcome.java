package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CopyRecord;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import java.util.List;

/** How a backup ended. */
public sealed interface BackupOutcome {

  /** The backup's name. A failed backup's name is given to no object. */
  BackupId id();

  /**
   * Things of lesser weight that a person should know, such as a register that could not be
   * written.
   */
  List<String> remarks();

  /** Whether as many proved copies exist as the policy requires. */
  boolean good();

  /**
   * The manifest of a good backup.
   *
   * @throws BackupException if the backup is not good
   */
  Manifest orThrow();

  /** Every storage holds a proved copy. */
  record Complete(Manifest manifest, List<String> remarks) implements BackupOutcome {
    public Complete {
      remarks = List.copyOf(remarks);
    }

    @Override
    public BackupId id() {
      return manifest.id();
    }

    @Override
    public boolean good() {
      return true;
    }

    @Override
    public Manifest orThrow() {
      return manifest;
    }
  }

  /**
   * At least one storage holds a proved copy, and at least one does not. It may be good
   * nonetheless, if the policy requires fewer copies than there are storages.
   */
  record Degraded(Manifest manifest, List<String> remarks) implements BackupOutcome {
    public Degraded {
      remarks = List.copyOf(remarks);
    }

    @Override
    public BackupId id() {
      return manifest.id();
    }

    @Override
    public boolean good() {
      long proved = manifest.copies().stream().filter(copy -> copy.problem() == null).count();
      return proved >= manifest.copiesRequired() && storagesLacking().isEmpty();
    }

    /** Storages that the policy named and that have no proved copy. */
    public List<String> storagesLacking() {
      return manifest.storagesRequired().stream()
          .filter(
              name ->
                  manifest.copies().stream()
                      .noneMatch(copy -> copy.storage().equals(name) && copy.problem() == null))
          .toList();
    }

    /** The copies that could not be made or proved. */
    public List<CopyRecord> failedCopies() {
      return manifest.copies().stream().filter(copy -> copy.problem() != null).toList();
    }

    @Override
    public Manifest orThrow() {
      if (good()) {
        return manifest;
      }
      throw new BackupException(
          ErrorKind.RULE,
          "backup '" + id() + "' is degraded",
          (storagesLacking().isEmpty()
                  ? "fewer proved copies than the " + manifest.copiesRequired() + " required"
                  : "no proved copy in " + String.join(", ", storagesLacking()))
              + ": "
              + failedCopies().stream()
                  .map(copy -> copy.storage() + ": " + copy.problem())
                  .toList(),
          "mend the storage, then replicate, or take another backup");
    }
  }

  /** There is no backup: nothing of it is visible in any storage. */
  record Failed(BackupId id, BackupException failure, List<String> remarks)
      implements BackupOutcome {
    public Failed {
      remarks = List.copyOf(remarks);
    }

    @Override
    public boolean good() {
      return false;
    }

    @Override
    public Manifest orThrow() {
      throw failure;
    }
  }
}
