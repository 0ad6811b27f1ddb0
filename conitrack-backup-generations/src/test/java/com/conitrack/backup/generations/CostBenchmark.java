package com.conitrack.backup.generations;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.flyway.MigrationGate;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the starter costs an application, in milliseconds. No test: run with {@code
 * -Dit.test=CostBenchmark}; {@code -Dconitrack.rounds=} for more rounds.
 */
class CostBenchmark {
  private static final int ROUNDS = Integer.getInteger("conitrack.rounds", 7);
  private static final Pattern STARTED = Pattern.compile("Started LotsApplication in ([0-9.]+)");

  @TempDir private Path directory;

  @Test
  void ofTheGateWithNothingPending() {
    Lots lots = new Lots(directory).set("conitrack.backup.schedule.enabled", "false").inUse();
    try (ConfigurableApplicationContext application = lots.start("first")) {
      Flyway flyway = application.getBean(Flyway.class);
      MigrationGate gate = MigrationGate.of(application.getBean(ConitrackBackup.class));
      List<Double> without = new ArrayList<>();
      List<Double> with = new ArrayList<>();
      for (int round = 0; round < 10 * ROUNDS; round++) {
        without.add(millis(flyway::migrate));
        with.add(millis(() -> gate.migrate(flyway)));
      }
      tell("migrate(), nothing pending", without);
      tell("the same behind the gate", with);
    }
  }

  @Test
  void ofAStart() throws Exception {
    Lots lots = new Lots(directory).set("conitrack.backup.schedule.enabled", "false").inUse();
    List<String> arguments = lots.arguments("first");
    List<String> disabled = new ArrayList<>(arguments);
    disabled.add("--conitrack.backup.enabled=false");
    String all = System.getProperty("java.class.path");
    String noStarter = only(all, entry -> !entry.contains("conitrack-backup-spring"));
    List<List<Double>> times = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < ROUNDS; round++) {
      times.get(0).add(start(noStarter, arguments));
      times.get(1).add(start(all, disabled));
      times.get(2).add(start(all, arguments));
    }
    tell("a start without the starter", times.get(0));
    tell("with it, disabled", times.get(1));
    tell("with it", times.get(2));
  }

  private static String only(String classPath, Predicate<String> entries) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .filter(entries)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** As Spring tells it, from a JVM of its own. */
  private double start(String classPath, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                LotsApplication.class.getName(),
                "--spring.main.web-application-type=none"));
    command.addAll(arguments);
    Path output = Files.createTempFile(directory, "start", null);
    Process application =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    application.waitFor();
    return 1000 * seconds(output);
  }

  private static double seconds(Path output) throws IOException {
    String printed = Files.readString(output);
    Stream<MatchResult> told = STARTED.matcher(printed).results();
    return told.mapToDouble(result -> Double.parseDouble(result.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(printed));
  }

  private static double millis(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void tell(String what, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "COST %s: least %.1f ms, median %.1f ms of %d%n",
        what,
        sorted.get(0),
        sorted.get(sorted.size() / 2),
        sorted.size());
  }
}
