package com.conitrack.backup.testsupport.usecase;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A storage that passes everything on, for those that break one promise each. */
class BadStorage implements BackupStorage {
  final BackupStorage below;

  BadStorage(BackupStorage below) {
    this.below = below;
  }

  @Override
  public StorageInfo info() {
    return below.info();
  }

  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    return below.begin(key, attributes);
  }

  @Override
  public InputStream open(String key, long offset) {
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
    return below.delete(key);
  }

  @Override
  public List<String> sweep(Instant olderThan) {
    return below.sweep(olderThan);
  }

  @Override
  public List<String> sweepOwned(String owner) {
    return below.sweepOwned(owner);
  }

  /** Replaces what is there. */
  static final class Overwriting extends BadStorage {
    Overwriting(BackupStorage below) {
      super(below);
    }

    @Override
    public Upload begin(String key, ObjectAttributes attributes) {
      return new Replacing(key, attributes);
    }

    private final class Replacing implements Upload {
      private final String key;
      private final ObjectAttributes attributes;
      private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

      Replacing(String key, ObjectAttributes attributes) {
        this.key = key;
        this.attributes = attributes;
      }

      @Override
      public void write(byte[] from, int offset, int length) {
        bytes.write(from, offset, length);
      }

      @Override
      public StoredObject commit() {
        synchronized (below) {
          below.delete(key);
          try (Upload real = below.begin(key, attributes)) {
            real.write(bytes.toByteArray(), 0, bytes.size());
            return real.commit();
          }
        }
      }

      @Override
      public void close() {}
    }
  }

  /** Lets a new object be missing from the first listing. */
  static final class ListingLate extends BadStorage {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    ListingLate(BackupStorage below) {
      super(below);
    }

    @Override
    public List<StoredObject> list(String prefix) {
      return super.list(prefix).stream().filter(object -> !seen.add(object.key())).toList();
    }
  }

  /** Loses the last byte of everything. */
  static final class Truncating extends BadStorage {
    Truncating(BackupStorage below) {
      super(below);
    }

    @Override
    public Upload begin(String key, ObjectAttributes attributes) {
      Upload upload = super.begin(key, attributes);
      return new PassingUpload(upload) {
        @Override
        public void write(byte[] bytes, int offset, int length) {
          super.write(bytes, offset, length - 1);
        }
      };
    }
  }

  /** Always reads from the start. */
  static final class IgnoringRange extends BadStorage {
    IgnoringRange(BackupStorage below) {
      super(below);
    }

    @Override
    public InputStream open(String key, long offset) {
      return super.open(key, 0);
    }
  }

  /** Makes visible what was given up. */
  static final class LosingAbort extends BadStorage {
    LosingAbort(BackupStorage below) {
      super(below);
    }

    @Override
    public Upload begin(String key, ObjectAttributes attributes) {
      return new PassingUpload(super.begin(key, attributes)) {
        private boolean committed;

        @Override
        public StoredObject commit() {
          committed = true;
          return super.commit();
        }

        @Override
        public void close() {
          if (!committed) {
            super.commit();
          }
          super.close();
        }
      };
    }
  }

  /** Shows an object as soon as its upload begins. */
  static final class ShowingEarly extends BadStorage {
    private final Map<String, StoredObject> begun = new ConcurrentHashMap<>();

    ShowingEarly(BackupStorage below) {
      super(below);
    }

    @Override
    public Upload begin(String key, ObjectAttributes attributes) {
      begun.put(key, new StoredObject(key, 0, Instant.EPOCH));
      return super.begin(key, attributes);
    }

    @Override
    public Optional<StoredObject> find(String key) {
      return super.find(key).or(() -> Optional.ofNullable(begun.get(key)));
    }
  }

  /** Fails to delete. */
  static final class RefusingDelete extends BadStorage {
    RefusingDelete(BackupStorage below) {
      super(below);
    }

    @Override
    public boolean delete(String key) {
      throw new StorageException(ErrorKind.IO, "unable to delete '" + key + "'", "jammed", null);
    }
  }

  /** Says to have deleted what it keeps. */
  static final class PretendingDelete extends BadStorage {
    PretendingDelete(BackupStorage below) {
      super(below);
    }

    @Override
    public boolean delete(String key) {
      return super.find(key).isPresent();
    }
  }

  /** Its clock is ten minutes ahead. */
  static final class Skewed extends BadStorage {
    Skewed(BackupStorage below) {
      super(below);
    }

    @Override
    public Optional<StoredObject> find(String key) {
      return super.find(key)
          .map(
              o -> new StoredObject(o.key(), o.bytes(), o.modified().plus(Duration.ofMinutes(10))));
    }
  }

  /** Claims locks that it does not have. */
  static final class ClaimingLocks extends BadStorage {
    ClaimingLocks(BackupStorage below) {
      super(below);
    }

    @Override
    public StorageInfo info() {
      StorageInfo info = super.info();
      Set<Capability> capabilities = EnumSet.of(Capability.RETENTION_LOCK);
      capabilities.addAll(info.capabilities());
      return new StorageInfo(info.name(), info.location(), capabilities);
    }
  }

  private static class PassingUpload implements Upload {
    private final Upload upload;

    PassingUpload(Upload upload) {
      this.upload = upload;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      upload.write(bytes, offset, length);
    }

    @Override
    public StoredObject commit() {
      return upload.commit();
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
