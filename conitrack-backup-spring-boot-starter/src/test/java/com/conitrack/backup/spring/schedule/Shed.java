package com.conitrack.backup.spring.schedule;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.support.LockException;
import net.javacrumbs.shedlock.support.StorageAccessor;
import net.javacrumbs.shedlock.support.StorageBasedLockProvider;

/** ShedLock's own provider over a table in memory, which does what those of JDBC do. */
final class Shed implements StorageAccessor {
  private final Map<String, Instant> until = new HashMap<>();
  private boolean outOfReach;
  private int unlocks;
  private Runnable beforeExtension = () -> {};

  /** As another process has it. */
  LockProvider provider() {
    return new StorageBasedLockProvider(this) {};
  }

  synchronized void outOfReach(boolean now) {
    outOfReach = now;
  }

  /** Takes all locks from their holders, who are not told. */
  synchronized void free() {
    until.clear();
  }

  /** Does this when a lock is next extended, before it is. */
  synchronized void beforeNextExtension(Runnable action) {
    beforeExtension = action;
  }

  synchronized int unlocks() {
    return unlocks;
  }

  synchronized Map<String, Instant> rows() {
    return Map.copyOf(until);
  }

  @Override
  public synchronized boolean insertRecord(LockConfiguration wanted) {
    check();
    return until.putIfAbsent(wanted.getName(), wanted.getLockAtMostUntil()) == null;
  }

  @Override
  public synchronized boolean updateRecord(LockConfiguration wanted) {
    check();
    Instant present = until.get(wanted.getName());
    if (present != null && present.isAfter(ClockProvider.now())) {
      return false;
    }
    until.put(wanted.getName(), wanted.getLockAtMostUntil());
    return true;
  }

  @Override
  public synchronized boolean extend(LockConfiguration wanted) {
    check();
    beforeExtension.run();
    beforeExtension = () -> {};
    Instant present = until.get(wanted.getName());
    if (present == null || !present.isAfter(ClockProvider.now())) {
      return false;
    }
    until.put(wanted.getName(), wanted.getLockAtMostUntil());
    return true;
  }

  @Override
  public synchronized void unlock(LockConfiguration held) {
    check();
    unlocks++;
    until.put(held.getName(), held.getUnlockTime());
  }

  private void check() {
    if (outOfReach) {
      throw new LockException("out of reach");
    }
  }
}
