package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private static final String SECRET = "hunter2 secret";
  private static final String CONFIG =
      """
      database:
        url: postgresql://ana:hunter2%20secret@db.example/stock
      storages:
        - {name: disk, type: filesystem, path: copies}
      policy: {preset: sop-001}
      """;

  @TempDir Path directory;

  @Test
  void refusesAnUnknownCommandAndTellsWhatWasMeant() {
    Run run = run("verfy");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("verfy").contains("did you mean verify");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "backup --trigger yearly",
        "backup --wrong",
        "list --limit few",
        "list --limit -1",
        "verify --all --latest",
        "verify --level restored",
        "show",
        "show a --latest",
        "show ../etc",
        "hold",
        "hold x",
        "restore-to --latest",
        "restore-to --target mysql://h/d --latest",
        "drill --newest --oldest",
        "drill x --random",
        "drill --older-than soon",
        "drill --on mysql://h/d",
        "drill sign-off x",
        "drill sign-off",
        "prune",
        "register",
        "register show --since yesterday",
        "config"
      })
  void refusesWhatItCannotUnderstand(String line) throws IOException {
    writeConfig(CONFIG);

    Run run = run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("failed: unable to ").contains("   why: ", "  hint: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{}", "{\"format\": \"conitrack-restore-plan\"}"})
  void tellsWhichFileIsNoPlanAndWhatToGive(String text) throws IOException {
    Files.writeString(directory.resolve("note.txt"), text);

    Run run =
        run(
            ("approve note.txt --output approval.json --name M --role R --reference T"
                    + " --reason damaged")
                .split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .startsWith("failed: unable to read the restore plan in 'note.txt'")
        .contains("  hint: give the file that 'restore plan --output' wrote");
  }

  @Test
  void tellsProgramsOfAWrongCommandLineToo() {
    JsonNode error = run("--json", "backup", "--wrong").json().get("error");

    assertThat(error.get("kind").asText()).isEqualTo("USAGE");
    assertThat(error.get("what").asText()).startsWith("unable to");
    assertThat(error.get("why").asText()).contains("--wrong");
    assertThat(error.get("hint").asText()).contains("conitrack-backup backup --help");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpTeachesOnEightyColumns(List<String> command) {
    List<String> args = new ArrayList<>(command);
    args.add("--help");

    Run run = run(args.toArray(String[]::new));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Usage: conitrack-backup", "--config", "--json");
    if (!command.contains("generate-completion") && !command.contains("help")) {
      assertThat(run.out()).contains("Exit codes:", "Examples:", "  conitrack-backup ");
    }
    assertThat(run.out().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(81));
  }

  static List<List<String>> commands() {
    List<List<String>> paths = new ArrayList<>();
    addCommands(paths, List.of(), commandLine());
    assertThat(paths).hasSizeGreaterThan(15);
    return paths;
  }

  static CommandLine commandLine() {
    return new ConitrackCommand(com.conitrack.backup.cli.output.Shell.ofProcess()).commandLine();
  }

  private static void addCommands(
      List<List<String>> paths, List<String> path, CommandLine commandLine) {
    paths.add(path);
    commandLine
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              addCommands(paths, longer, sub);
            });
  }

  @Test
  void tellsWhereItLookedForAConfiguration() {
    Run run = run("list");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains(
            directory.resolve("conitrack-backup.yaml").toString(),
            directory.resolve(".config/conitrack-backup/config.yaml").toString(),
            "/etc/conitrack-backup/config.yaml",
            "CONITRACK_BACKUP_CONFIG");
  }

  @Test
  void findsTheConfigurationByVariable() throws IOException {
    Path file = Files.writeString(directory.resolve("other.yaml"), CONFIG);

    Run run =
        Run.from(directory)
            .variable("CONITRACK_BACKUP_CONFIG", file.toString())
            .run("config", "validate");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(file + " is valid");
  }

  @Test
  void takesGlobalOptionsBeforeAndAfterTheCommand() throws IOException {
    Path file = Files.writeString(directory.resolve("other.yaml"), CONFIG);

    Run before = run("--json", "-c", file.toString(), "config", "show");
    Run between = run("config", "--json", "-c", file.toString(), "show");
    Run after = run("config", "show", "-c", file.toString(), "--json");

    assertThat(before.exitCode()).as(before.err()).isZero();
    assertThat(before.json()).isEqualTo(after.json()).isEqualTo(between.json());
    assertThat(before.json().get("values").get("policy.rpo").asText()).isEqualTo("7d");
  }

  @Test
  void showsWhatTheConfigurationComesToWithoutSecrets() throws IOException {
    writeConfig(CONFIG);

    Run text = run("config", "show");
    Run json = run("config", "show", "--json");

    assertThat(text.exitCode()).isZero();
    assertThat(text.out())
        .contains(
            "postgresql://ana:***@db.example:5432/stock", "keep last 26", "RPO_WITHOUT_SLACK");
    assertThat(json.json().get("warnings").get(0).get("code").asText()).isNotEmpty();
    assertThat(text.all() + json.all()).doesNotContain(SECRET).doesNotContain("hunter2");
  }

  @Test
  void tellsEveryProblemOfAConfigurationWithItsPlace() throws IOException {
    writeConfig(CONFIG + "polcy: {}\nlock-wait: soon\n");

    Run run = run("config", "validate");
    JsonNode error = run("config", "validate", "--json").json().get("error");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains("conitrack-backup.yaml:6:1: polcy: unknown key; did you mean 'policy'?")
        .contains("conitrack-backup.yaml:7:12: lock-wait: 'soon' is no duration");
    assertThat(error.get("kind").asText()).isEqualTo("CONFIGURATION");
    assertThat(error.get("why").asText().lines()).hasSize(2);
  }

  @Test
  void printsAnExampleThatLoads() throws IOException {
    Run example = run("config", "example");
    writeConfig(example.out());

    assertThat(example.exitCode()).isZero();
    assertThat(run("config", "validate").exitCode()).isZero();
  }

  @Test
  void completesCommandsAndTriggers() {
    Run run = run("generate-completion");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("restore-to", "pre-change");
  }

  @Test
  void hasAVersion() {
    Run run = run("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("conitrack-backup ");
  }

  @Test
  void isDocumented() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "cli.md"));

    for (List<String> path : commands()) {
      assertThat(text).contains(String.join(" ", path));
    }
    CommandLine root = commandLine();
    assertThat(root.getCommandSpec().options())
        .allSatisfy(option -> assertThat(text).contains("`" + option.longestName()));
    root.getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getCommandSpec().options())
                    .allSatisfy(option -> assertThat(text).contains(option.longestName())));
  }

  private Run run(String... args) {
    return Run.from(directory).run(args);
  }

  private void writeConfig(String yaml) throws IOException {
    Files.writeString(directory.resolve("conitrack-backup.yaml"), yaml);
  }
}
