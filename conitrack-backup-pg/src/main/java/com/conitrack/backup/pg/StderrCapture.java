package com.conitrack.backup.pg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Drains what a tool says on standard error, so that it never blocks on a full pipe, and keeps the
 * beginning and the end of it.
 */
final class StderrCapture {
  private static final int KEPT = 16 * 1024;

  private final byte[] head = new byte[KEPT];
  private final byte[] tail = new byte[KEPT];
  private long total;
  private final Thread drainer;

  private StderrCapture(InputStream stderr, String tool) {
    drainer = new Thread(() -> drain(stderr), "conitrack-backup stderr of " + tool);
    drainer.setDaemon(true);
  }

  static StderrCapture start(InputStream stderr, String tool) {
    StderrCapture capture = new StderrCapture(stderr, tool);
    capture.drainer.start();
    return capture;
  }

  /** Waits until the tool's standard error has ended, or {@code millis} have passed. */
  void await(long millis) throws InterruptedException {
    drainer.join(millis);
  }

  /** What was said so far; a gap is marked. */
  synchronized String text() {
    int first = (int) Math.min(total, KEPT);
    String text = new String(head, 0, first, StandardCharsets.UTF_8);
    if (total <= KEPT) {
      return text.strip();
    }
    long after = total - KEPT;
    int kept = (int) Math.min(after, KEPT);
    byte[] last = new byte[kept];
    for (int i = 0; i < kept; i++) {
      last[i] = tail[(int) ((after - kept + i) % KEPT)];
    }
    String gap = after > kept ? "\n[" + (after - kept) + " bytes left out]\n" : "";
    return (text + gap + new String(last, StandardCharsets.UTF_8)).strip();
  }

  private void drain(InputStream stderr) {
    byte[] buffer = new byte[4096];
    try (stderr) {
      for (int n = stderr.read(buffer); n >= 0; n = stderr.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException e) {
      // The process was ended and its pipe with it; what was said before is kept.
    }
  }

  private synchronized void keep(byte[] bytes, int length) {
    for (int i = 0; i < length; i++, total++) {
      if (total < KEPT) {
        head[(int) total] = bytes[i];
      } else {
        tail[(int) ((total - KEPT) % KEPT)] = bytes[i];
      }
    }
  }
}
