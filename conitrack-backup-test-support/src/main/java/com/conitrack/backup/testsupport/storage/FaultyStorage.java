package com.conitrack.backup.testsupport.storage;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A storage over another one that fails as told. Without faults it behaves as the one below, and
 * passes the same contract. Safe for use by many threads.
 */
public final class FaultyStorage implements BackupStorage {
  private final BackupStorage below;
  private final List<Planned> faults = new CopyOnWriteArrayList<>();

  private record Planned(Predicate<String> keys, Fault fault, AtomicInteger calls) {}

  /** A storage that passes everything on to {@code below} until faults are added. */
  public FaultyStorage(BackupStorage below) {
    this.below = below;
  }

  /** From now on {@code fault} happens, whatever the key. Returns this storage. */
  public FaultyStorage add(Fault fault) {
    return add(key -> true, fault);
  }

  /**
   * From now on {@code fault} happens for keys that {@code keys} accepts; for LIST the prefix, for
   * SWEEP the empty string. Returns this storage.
   */
  public FaultyStorage add(Predicate<String> keys, Fault fault) {
    faults.add(new Planned(keys, fault, new AtomicInteger()));
    return this;
  }

  /** From now on nothing fails. */
  public void heal() {
    faults.clear();
  }

  @Override
  public StorageInfo info() {
    return below.info();
  }

  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    before(Operation.BEGIN, key);
    return new FaultyUpload(key, below.begin(key, attributes));
  }

  @Override
  public InputStream open(String key, long offset) {
    before(Operation.OPEN, key);
    List<Fault> faults = new ArrayList<>(active(key));
    breakDue(key).forEach(bytes -> faults.add(new Fault.FailReadAfter(offset + bytes)));
    return new FaultyStream(below.open(key, offset), faults, offset);
  }

  @Override
  public Optional<StoredObject> find(String key) {
    before(Operation.FIND, key);
    return below.find(key);
  }

  @Override
  public List<StoredObject> list(String prefix) {
    before(Operation.LIST, prefix);
    return below.list(prefix);
  }

  @Override
  public boolean delete(String key) {
    before(Operation.DELETE, key);
    return below.delete(key);
  }

  @Override
  public List<String> sweep(Instant olderThan) {
    before(Operation.SWEEP, "");
    return below.sweep(olderThan);
  }

  @Override
  public List<String> sweepOwned(String owner) {
    before(Operation.SWEEP, "");
    return below.sweepOwned(owner);
  }

  private List<Fault> active(String key) {
    return faults.stream().filter(f -> f.keys.test(key)).map(Planned::fault).toList();
  }

  private List<Long> breakDue(String key) {
    List<Long> due = new ArrayList<>();
    for (Planned planned : faults) {
      if (planned.fault instanceof Fault.BreakReads breaks
          && planned.keys.test(key)
          && planned.calls.incrementAndGet() <= breaks.times()) {
        due.add(breaks.bytes());
      }
    }
    return due;
  }

  private void before(Operation operation, String key) {
    for (Planned planned : faults) {
      if (planned.keys.test(key)) {
        apply(planned, operation, key);
      }
    }
  }

  private void apply(Planned planned, Operation operation, String key) {
    Fault fault = planned.fault;
    if (fault instanceof Fault.Stall stall && stall.operation() == operation) {
      stand(stall.gate(), operation, key);
    } else if (fault instanceof Fault.FailNth fail && fail.operation() == operation) {
      failIf(planned.calls.incrementAndGet() == fail.nth(), fail.kind(), operation, key);
    } else if (fault instanceof Fault.FailFrom fail && fail.operation() == operation) {
      failIf(planned.calls.incrementAndGet() >= fail.first(), fail.kind(), operation, key);
    } else if (fault instanceof Fault.BeforeCommit hook && operation == Operation.COMMIT) {
      hook.action().run();
    }
  }

  private void stand(Gate gate, Operation operation, String key) {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(ErrorKind.CANCELLED, operation, key);
    }
  }

  private void failIf(boolean due, ErrorKind kind, Operation operation, String key) {
    if (due) {
      throw failure(kind, operation, key);
    }
  }

  private StorageException failure(ErrorKind kind, Operation operation, String key) {
    return new StorageException(
        kind,
        "unable to %s '%s' in storage '%s'".formatted(operation, key, info().name()),
        "this failure was asked for by a test",
        null);
  }

  private final class FaultyUpload implements Upload {
    private final String key;
    private final Upload upload;
    private long written;
    private boolean failed;

    FaultyUpload(String key, Upload upload) {
      this.key = key;
      this.upload = upload;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      requireNotFailed();
      try {
        before(Operation.WRITE, key);
        failPastCapacity(length);
      } catch (StorageException e) {
        failed = true;
        throw e;
      }
      upload.write(bytes, offset, length);
      written += length;
    }

    @Override
    public StoredObject commit() {
      requireNotFailed();
      try {
        before(Operation.COMMIT, key);
      } catch (StorageException e) {
        failed = true;
        throw e;
      }
      StoredObject stored = upload.commit();
      failIf(active(key).stream().anyMatch(Fault.LoseCommitAnswer.class::isInstance));
      return stored;
    }

    @Override
    public void close() {
      upload.close();
    }

    private void failPastCapacity(int length) {
      for (Fault fault : active(key)) {
        if (fault instanceof Fault.FailWriteAfter limit && written + length > limit.bytes()) {
          throw failure(limit.kind(), Operation.WRITE, key);
        }
      }
    }

    private void failIf(boolean answerLost) {
      if (answerLost) {
        throw failure(ErrorKind.CONNECTION, Operation.COMMIT, key);
      }
    }

    private void requireNotFailed() {
      if (failed) {
        throw new IllegalStateException("the upload of '" + key + "' has failed before");
      }
    }
  }
}
