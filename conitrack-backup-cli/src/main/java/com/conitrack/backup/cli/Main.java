package com.conitrack.backup.cli;

/** Starts the command. */
public final class Main {
  private Main() {}

  /** Prints the command's name; the commands themselves are still to come. */
  public static void main(String[] args) {
    System.out.println("conitrack-backup");
  }
}
