package com.conitrack.backup.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One of several ways to do a thing, timed in turn with the others. */
final class Contender {
  /** What is timed. */
  interface Work {
    void run() throws Exception;
  }

  private final String name;
  private final Work before;
  private final Work work;
  private final List<Double> seconds = new ArrayList<>();

  Contender(String name, Work work) {
    this(name, () -> {}, work);
  }

  /**
   * @param before what must be done each time and is not timed
   */
  Contender(String name, Work before, Work work) {
    this.name = name;
    this.before = before;
    this.work = work;
  }

  /** Runs each of them so often, in turn, and prints the times. */
  static void race(List<Contender> contenders, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        contender.time();
      }
    }
    System.out.printf("%-44s %8s %8s %8s%n", "seconds", "min", "median", "max");
    contenders.forEach(Contender::print);
  }

  private void time() throws Exception {
    before.run();
    long began = System.nanoTime();
    work.run();
    seconds.add(Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
  }

  private void print() {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "%-44s %8.2f %8.2f %8.2f%n",
        name, sorted[0], sorted[sorted.length / 2], Arrays.stream(sorted).max().orElseThrow());
  }
}
