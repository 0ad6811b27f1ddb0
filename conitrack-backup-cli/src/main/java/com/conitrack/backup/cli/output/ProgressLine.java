package com.conitrack.backup.cli.output;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupEvent.Progressed;
import com.conitrack.backup.core.port.BackupListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * A line on a terminal that tells how far the work has come, redrawn in place and cleared when
 * anything ends. Safe for use by many threads.
 */
public final class ProgressLine implements BackupListener {
  private static final int BAR = 20;
  private static final String CLEAR = "\r\033[K";

  private final PrintStream terminal;
  private ToLongFunction<BackupId> expectedBytes = backup -> 0;
  private boolean drawn;

  public ProgressLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  /**
   * From now on a bar is drawn.
   *
   * @param bytes how many bytes of a backup are expected to pass, 0 if unknown: of the plain dump,
   *     but of the stored one where it is only copied
   */
  public synchronized void expect(ToLongFunction<BackupId> bytes) {
    expectedBytes = bytes;
  }

  @Override
  public synchronized void on(BackupEvent event) {
    if (event instanceof Progressed progressed) {
      terminal.print(CLEAR + text(progressed));
      terminal.flush();
      drawn = true;
    } else {
      clear();
    }
  }

  /** Takes the line off the screen. */
  public synchronized void clear() {
    if (drawn) {
      terminal.print(CLEAR);
      terminal.flush();
      drawn = false;
    }
  }

  private String text(Progressed at) {
    Duration elapsed = at.elapsed();
    boolean copying = at.phase() == BackupEvent.Phase.REPLICATING;
    long bytes = copying ? at.storedBytes() : at.plainBytes();
    return Measures.word(at.phase())
        + " "
        + bar(bytes, expectedBytes.applyAsLong(at.backup()))
        + Measures.bytes(bytes)
        + (copying ? "" : contents(at))
        + String.format(Locale.ROOT, "  %d:%02d  ", elapsed.toMinutes(), elapsed.toSecondsPart())
        + Measures.bytes(bytes * 1000 / Math.max(1, elapsed.toMillis()))
        + "/s";
  }

  private static String contents(Progressed at) {
    return "  " + Measures.count(at.tables(), "table") + "  " + Measures.count(at.rows(), "row");
  }

  /** What is expected may be a guess: the bar is never full before the end. */
  private static String bar(long done, long expected) {
    if (expected <= 0) {
      return "";
    }
    int percent = (int) Math.min(99, done * 100.0 / expected);
    int full = percent * BAR / 100;
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + percent + "%  ";
  }
}
