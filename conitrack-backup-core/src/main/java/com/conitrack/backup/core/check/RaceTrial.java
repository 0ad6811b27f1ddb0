package com.conitrack.backup.core.check;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.Concurrently;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.Upload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Several writers commit one key at the same moment. */
final class RaceTrial {
  private static final int WRITERS = 8;
  private static final int ROUNDS = 3;
  private static final long PATIENCE_SECONDS = 10;

  private RaceTrial() {}

  static Verdict carryOut(Bench bench) {
    boolean declared = bench.storage().info().capabilities().contains(Capability.ATOMIC_CREATE);
    int most = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String key = bench.key("race-" + round);
      List<byte[]> winners = race(bench, key);
      if (winners.isEmpty()) {
        return Verdict.failed("of %d writers of one key none succeeded".formatted(WRITERS));
      }
      byte[] left = bench.get(key);
      if (winners.stream().noneMatch(bytes -> Arrays.equals(bytes, left))) {
        return Verdict.failed("what is left of a race is of none of its winners");
      }
      most = Math.max(most, winners.size());
    }
    if (declared) {
      return most == 1
          ? Verdict.proved("of %d writers of one key exactly one wins".formatted(WRITERS))
          : Verdict.failed("of %d writers of one key %d won".formatted(WRITERS, most));
    }
    return Verdict.absent(
        "not claimed; of %d writers of one key %d won at most".formatted(WRITERS, most),
        "let one host at a time write here: two that append to the register at the same moment"
            + " may lose an entry");
  }

  /** The bytes of those that succeeded. */
  private static List<byte[]> race(Bench bench, String key) {
    List<Upload> uploads = new ArrayList<>();
    try {
      for (int writer = 0; writer < WRITERS; writer++) {
        Upload upload = bench.storage().begin(key, ObjectAttributes.JSON);
        uploads.add(upload);
        byte[] bytes = bytes(key, writer);
        upload.write(bytes, 0, bytes.length);
      }
      CyclicBarrier start = new CyclicBarrier(WRITERS);
      List<Integer> writers = IntStream.range(0, WRITERS).boxed().toList();
      List<Boolean> won = Concurrently.map(writers, writer -> commits(uploads.get(writer), start));
      return writers.stream().filter(won::get).map(writer -> bytes(key, writer)).toList();
    } finally {
      uploads.forEach(Upload::close);
    }
  }

  private static byte[] bytes(String key, int writer) {
    return Bench.bytesFor(key + ", writer " + writer);
  }

  private static boolean commits(Upload upload, CyclicBarrier start) {
    try {
      start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BrokenBarrierException | TimeoutException e) {
      // They start a little apart then, which is as good a race.
    }
    try {
      upload.commit();
      return true;
    } catch (StorageException e) {
      if (e.kind() == ErrorKind.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }
}
