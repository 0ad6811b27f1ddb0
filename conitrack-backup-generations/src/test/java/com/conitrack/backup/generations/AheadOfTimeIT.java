package com.conitrack.backup.generations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * The application as a native image's build prepares it: its beans written out as code, compiled
 * and run, on this Java. That the image itself can be made needs GraalVM, and is not tried here.
 */
@Timeout(420)
class AheadOfTimeIT {
  @TempDir private Path directory;

  @Test
  void migratesAfterAProvedBackupWithItsBeansPreparedAheadOfTime() throws Exception {
    Path backups = Files.createDirectory(directory.resolve("backups"));
    Lots lots = new Lots(backups).set("conitrack.backup.schedule.enabled", "false").inUse();
    List<String> start = lots.arguments("more");

    prepare(start);
    String printed = run(start);

    assertThat(printed).contains("Starting AOT-processed LotsApplication").contains("is proved");
    assertThat(lots.ids()).containsExactly(1, 2);
    try (Stream<Path> written = Files.list(backups)) {
      assertThat(written).anyMatch(file -> file.toString().endsWith(".manifest.json"));
    }
  }

  private void prepare(List<String> start) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(LotsApplication.class.getName());
    for (String output : List.of("sources", "resources", "classes")) {
      arguments.add(directory.resolve(output).toString());
    }
    arguments.add("com.conitrack.backup");
    arguments.add("lots");
    arguments.addAll(start);
    SpringApplicationAotProcessor.main(arguments.toArray(String[]::new));
    compile();
  }

  private void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-nowarn", "-proc:none", "-cp", classPath(), "-d", at("classes").toString()));
    try (Stream<Path> sources = Files.walk(at("sources"))) {
      sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).as("of the compiler").isZero();
  }

  private String run(List<String> start) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "-cp",
                classPath(),
                LotsApplication.class.getName()));
    command.addAll(start);
    Path output = directory.resolve("output");
    Process application =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(application.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      application.destroyForcibly();
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(application.exitValue()).as(printed).isZero();
    return printed;
  }

  private String classPath() {
    return String.join(
        File.pathSeparator,
        at("classes").toString(),
        at("resources").toString(),
        System.getProperty("java.class.path"));
  }

  private Path at(String output) {
    return directory.resolve(output);
  }
}
