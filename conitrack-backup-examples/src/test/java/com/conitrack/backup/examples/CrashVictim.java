package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.ConitrackBackupBuilder;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A program that takes one backup, or makes up the copies that a second directory lacks, and prints
 * a line before and after everything it does to its storage, so that whoever watches can kill it at
 * any of these points.
 */
final class CrashVictim {
  private CrashVictim() {}

  /** Arguments: JDBC URL, user, passfile, directory; a second directory to replicate to it. */
  public static void main(String[] args) {
    ConitrackBackupBuilder builder =
        ConitrackBackup.builder()
            .database(
                PostgresDatabase.of(
                    PostgresConnection.of(args[0])
                        .withUser(args[1])
                        .withPassfile(Path.of(args[2]))));
    if (args.length > 4) {
      ConitrackBackup backups =
          builder
              .storage(FileSystemStorage.at("local", Path.of(args[3])))
              .storage(new Telling(FileSystemStorage.at("second", Path.of(args[4]))))
              .build();
      backups.replicate(backups.planReplication());
    } else {
      builder
          .storage(new Telling(FileSystemStorage.at("local", Path.of(args[3]))))
          .build()
          .backup(Trigger.MANUAL);
    }
    tell("END");
  }

  private static synchronized void tell(String what) {
    System.out.println(what);
    System.out.flush();
  }

  private record Telling(BackupStorage below) implements BackupStorage {
    @Override
    public StorageInfo info() {
      return below.info();
    }

    @Override
    public Upload begin(String key, ObjectAttributes attributes) {
      tell("before begin " + key);
      return new TellingUpload(key, below.begin(key, attributes));
    }

    @Override
    public InputStream open(String key, long offset) {
      tell("before open " + key);
      return below.open(key, offset);
    }

    @Override
    public Optional<StoredObject> find(String key) {
      return below.find(key);
    }

    @Override
    public List<StoredObject> list(String prefix) {
      return below.list(prefix);
    }

    @Override
    public boolean delete(String key) {
      tell("before delete " + key);
      return below.delete(key);
    }

    @Override
    public List<String> sweep(Instant olderThan) {
      tell("before sweep");
      return below.sweep(olderThan);
    }

    @Override
    public List<String> sweepOwned(String owner) {
      tell("before sweep");
      return below.sweepOwned(owner);
    }
  }

  private record TellingUpload(String key, Upload below) implements Upload {
    @Override
    public void write(byte[] bytes, int offset, int length) {
      tell("before write " + key);
      below.write(bytes, offset, length);
    }

    @Override
    public StoredObject commit() {
      tell("before commit " + key);
      StoredObject stored = below.commit();
      tell("after commit " + key);
      return stored;
    }

    @Override
    public void close() {
      below.close();
    }
  }
}
