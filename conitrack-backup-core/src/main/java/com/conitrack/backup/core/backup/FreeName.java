package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.codec.CodecChain;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;

/**
 * Finds a name that is taken in none of the storages. Only a courtesy: what keeps two backups apart
 * in the end is that storages never overwrite.
 */
final class FreeName {
  private static final int ATTEMPTS = 1000;

  private final Setup setup;

  FreeName(Setup setup) {
    this.setup = setup;
  }

  /** A name that no dump has, however it is coded: names are unique in a catalogue. */
  BackupId find(Trigger trigger, String database, Instant at) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      BackupId id = setup.policy().naming().name(trigger, database, at, attempt);
      if (setup.storages().stream().noneMatch(storage -> taken(storage, id))) {
        return id;
      }
    }
    throw new BackupException(
        ErrorKind.ALREADY_EXISTS,
        "unable to name a backup of '" + database + "'",
        "a thousand names for this second are taken already",
        "let the naming pattern hold {date} and {time}");
  }

  /** The key of a backup's dump: its name with the extensions of its codings. */
  static String key(CodecChain chain, BackupId id) {
    return id.value() + chain.fileExtension();
  }

  private static boolean taken(BackupStorage storage, BackupId id) {
    try {
      return !storage.list(id.value() + ".").isEmpty();
    } catch (StorageException e) {
      // It will fail again, and be reported, when the copy is written.
      return false;
    }
  }
}
