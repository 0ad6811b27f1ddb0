package com.conitrack.backup.testsupport.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java program that serves on a port it says in its output. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 20;
  private static final String OUTPUT = "output.log";

  private final String name;
  private final Path directory;
  private final Process process;
  private final Thread atExit;
  private int port;

  private ServerProcess(String name, Path directory, Process process) {
    this.name = name;
    this.directory = directory;
    this.process = process;
    this.atExit = new Thread(this::end, name + "-end");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static Plan named(String name) {
    try {
      return new Plan(name, Files.createTempDirectory("conitrack-" + name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException("unable to make a directory for " + name, e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  /** What it has said so far. */
  String output() {
    try {
      return Files.readString(directory.resolve(OUTPUT));
    } catch (IOException e) {
      throw new UncheckedIOException("unable to read the output of " + name, e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  private void end() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      delete(directory);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to remove '" + directory + "'", e);
    }
  }

  private ServerProcess awaitPort(Pattern saysPort) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < end && process.isAlive()) {
        Matcher found = saysPort.matcher(output());
        if (found.find()) {
          port = Integer.parseInt(found.group(1));
          return this;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String output = output();
    close();
    throw new IllegalStateException("unable to start " + name + ": it said " + output);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** A server not yet started, and its working directory. */
  record Plan(String name, Path directory) {
    /** Puts a file into the working directory. */
    Plan file(String file, String content) {
      try {
        Files.writeString(directory.resolve(file), content);
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException("unable to write '" + file + "' for " + name, e);
      }
    }

    /** Starts it and waits until its output matches {@code saysPort}, whose group is the port. */
    ServerProcess start(
        List<String> vmOptions, List<String> program, List<String> arguments, Pattern saysPort) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // Starting fast matters more here than running fast.
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.addAll(vmOptions);
      command.addAll(program);
      command.addAll(arguments);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve(OUTPUT).toFile());
      try {
        return new ServerProcess(name, directory, builder.start()).awaitPort(saysPort);
      } catch (IOException e) {
        throw new UncheckedIOException("unable to start " + name, e);
      }
    }
  }
}
