package com.conitrack.backup.testsupport.storage;

import com.conitrack.backup.core.model.ErrorKind;

/** Something that goes wrong in a {@link FaultyStorage}. Offsets and byte counts start at 0. */
public sealed interface Fault {

  /** Every call of {@code operation} from the {@code first} (1: the next one) on fails. */
  record FailFrom(Operation operation, int first, ErrorKind kind) implements Fault {}

  /** The {@code nth} call of {@code operation} fails (1: the next one), the others do not. */
  record FailNth(Operation operation, int nth, ErrorKind kind) implements Fault {}

  /** An upload takes {@code bytes} and then fails, as a full disk does. */
  record FailWriteAfter(long bytes, ErrorKind kind) implements Fault {}

  /** The commit succeeds below, but the answer is lost: it fails with CONNECTION. */
  record LoseCommitAnswer() implements Fault {}

  /** A stream yields {@code bytes} and then throws an {@link java.io.IOException}. */
  record FailReadAfter(long bytes) implements Fault {}

  /**
   * Each of the next {@code times} streams yields {@code bytes} and then throws an {@link
   * java.io.IOException}, wherever it began: a connection that is cut and can be made again.
   */
  record BreakReads(int times, long bytes) implements Fault {}

  /** A stream ends after {@code bytes}, as if that were all: a copy cut short. */
  record TruncateRead(long bytes) implements Fault {}

  /** The lowest bit of the byte at {@code offset} reads flipped. */
  record FlipBit(long offset) implements Fault {}

  /** The byte at {@code offset} reads as {@code value}, from 0 to 255. */
  record OverwriteByte(long offset, int value) implements Fault {}

  /** Calls of {@code operation} stand before {@code gate} until it is opened. */
  record Stall(Operation operation, Gate gate) implements Fault {}

  /** {@code action} runs just before each commit below, for instance to take the key. */
  record BeforeCommit(Runnable action) implements Fault {}
}
