package com.conitrack.backup.examples;

/** The demonstration that {@code bin/demo} runs. */
public final class Demo {
  private Demo() {}

  /** Prints the project's name; the demonstration itself is still to come. */
  public static void main(String[] args) {
    System.out.println("conitrack-backup demo");
  }
}
