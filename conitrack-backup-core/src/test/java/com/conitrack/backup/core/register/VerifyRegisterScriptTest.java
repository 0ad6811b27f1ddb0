package com.conitrack.backup.core.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shell script that verifies a register without this software finds what the software finds.
 */
class VerifyRegisterScriptTest {
  private static final Path SCRIPT = Path.of("..", "docs", "verify-register.sh").toAbsolutePath();
  private static final int COUNT = 4;

  @TempDir private Path directory = Path.of("");
  private Path register = Path.of("");

  /** How the script ended and what it printed. */
  private record Result(int exit, String output) {}

  @BeforeEach
  void write() throws IOException {
    InMemoryStorage storage = new InMemoryStorage("disk");
    Entries.append(storage, COUNT);
    register = Files.createDirectory(directory.resolve("register"));
    for (int sequence = 1; sequence <= COUNT; sequence++) {
      Files.write(file(sequence), Entries.bytes(storage, sequence));
    }
  }

  @Test
  void a_register_as_it_was_written() throws Exception {
    Result result = run();
    assertThat(result.output).startsWith("ok: 4 entries, newest 0000000004.json");
    assertThat(result.exit).isZero();
  }

  @Test
  void an_empty_register() throws Exception {
    for (int sequence = 1; sequence <= COUNT; sequence++) {
      Files.delete(file(sequence));
    }
    assertThat(run().output).startsWith("ok: 0 entries");
  }

  @Test
  void bytes_edited() throws Exception {
    for (int sequence = 1; sequence <= COUNT; sequence += COUNT - 1) {
      byte[] original = Files.readAllBytes(file(sequence));
      for (int at : places(original.length)) {
        byte[] edited = original.clone();
        edited[at] = other(original[at], at);
        Files.write(file(sequence), edited);
        requireNamed(sequence, "byte " + at + " made " + edited[at]);
      }
      Files.write(file(sequence), original);
    }
  }

  /** Now a neighbour, now what shells treat in their own way: a line feed or a NUL. */
  private static byte other(byte original, int at) {
    byte other = new byte[] {(byte) (original ^ 1), '\n', 0}[at % 3];
    return other == original ? (byte) 'x' : other;
  }

  private static List<Integer> places(int length) {
    List<Integer> places = new ArrayList<>(List.of(0, 1, length - 3, length - 2, length - 1));
    for (int at = 2; at < length - 3; at += 131) {
      places.add(at);
    }
    return places;
  }

  @Test
  void entries_cut_short_or_made_longer() throws Exception {
    byte[] original = Files.readAllBytes(file(COUNT));
    String text = new String(original, StandardCharsets.UTF_8);
    for (byte[] bytes :
        List.of(
            new byte[0],
            Arrays.copyOf(original, 40),
            Arrays.copyOf(original, original.length - 1),
            Arrays.copyOf(original, original.length + 1),
            (text + "\n").getBytes(StandardCharsets.UTF_8),
            (text + text).getBytes(StandardCharsets.UTF_8))) {
      Files.write(file(COUNT), bytes);
      requireNamed(COUNT, bytes.length + " bytes");
    }
  }

  @Test
  void an_edit_with_the_digest_made_to_fit() throws Exception {
    byte[] forged = Entries.forged(Files.readAllBytes(file(3)), "COMPLETE", "DEGRADED");
    Files.write(file(3), forged);
    requireNamed(4, "the successor of a forged entry");
  }

  @Test
  void entries_deleted() throws Exception {
    for (int sequence = 1; sequence < COUNT; sequence++) {
      byte[] original = Files.readAllBytes(file(sequence));
      Files.delete(file(sequence));
      Result result = run();
      assertThat(result.exit).isEqualTo(1);
      assertThat(result.output).contains("from number " + sequence + " on are missing");
      Files.write(file(sequence), original);
    }
  }

  @Test
  void two_entries_swapped() throws Exception {
    byte[] two = Files.readAllBytes(file(2));
    Files.write(file(2), Files.readAllBytes(file(4)));
    Files.write(file(4), two);
    requireNamed(2, "swapped");
    requireNamed(4, "swapped");
  }

  @Test
  void the_end_cut_off_or_rewritten_is_found_through_a_manifest() throws Exception {
    String sha256 = Sha256.of(Files.readAllBytes(file(COUNT))).hex();
    Path manifest = directory.resolve("b.sql.gz.manifest.json");
    String anchors =
        """
        {
          "id" : "b",
          "anchors" : [ {
            "storage" : "nas",
            "sequence" : 9,
            "sha256" : "%1$s"
          }, {
            "storage" : "disk",
            "sequence" : 4,
            "sha256" : "%1$s"
          } ]
        }
        """
            .formatted(sha256);
    Files.writeString(manifest, anchors);
    assertThat(run("disk", manifest.toString()).exit).isZero();

    byte[] forged = Entries.forged(Files.readAllBytes(file(COUNT)), "COMPLETE", "DEGRADED");
    Files.write(file(COUNT), forged);
    assertThat(run().exit).isZero();
    assertThat(run("disk", manifest.toString()).output)
        .contains("0000000004.json: is not the entry that")
        .contains("b.sql.gz.manifest.json");

    Files.delete(file(COUNT));
    assertThat(run().exit).isZero();
    Result cut = run("disk", manifest.toString());
    assertThat(cut.exit).isEqualTo(1);
    assertThat(cut.output).contains("0000000004.json: is missing, though");
  }

  @Test
  void foreign_files_are_told_and_ignored() throws Exception {
    Files.writeString(register.resolve("notes.txt"), "x");
    Result result = run();
    assertThat(result.exit).isZero();
    assertThat(result.output).contains("notes.txt: is no register entry's name (ignored)");
  }

  @Test
  void no_directory_is_no_verification() throws Exception {
    register = directory.resolve("nowhere");
    assertThat(run().exit).isEqualTo(2);
  }

  private void requireNamed(int sequence, String what) throws Exception {
    Result result = run();
    assertThat(result.exit).as(what).isEqualTo(1);
    assertThat(result.output).as(what).contains(file(sequence).getFileName() + ":");
  }

  private Path file(int sequence) {
    return register.resolve(RegisterKeys.of(sequence).substring(RegisterKeys.PREFIX.length()));
  }

  private Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString(), register.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
