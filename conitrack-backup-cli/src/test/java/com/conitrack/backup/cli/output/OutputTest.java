package com.conitrack.backup.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.port.BackupEvent.Finished;
import com.conitrack.backup.core.port.BackupEvent.Phase;
import com.conitrack.backup.core.port.BackupEvent.Progressed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
  private static final BackupId ID = new BackupId("b");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "13516, 13.2 KiB",
    "1048575, 1.0 MiB",
    "1073741824, 1.0 GiB",
    "9223372036854775807, 8.0 EiB"
  })
  void writesSizes(long size, String text) {
    assertThat(Measures.bytes(size)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "59, 59s", "60, 1m", "3600, 1h", "172799, 47h", "172800, 2d", "-1, future"})
  void writesAges(long seconds, String text) {
    Instant now = Instant.parse("2026-01-06T03:00:00Z");

    assertThat(Measures.age(now.minusSeconds(seconds), now)).isEqualTo(text);
  }

  @Test
  void letsNoNameSteerTheTerminal() {
    new Page(stream, new Style(true)).line("a\033[2Jb\rc\u009bd" + new Style(true).bad("red"));

    assertThat(text()).isEqualToIgnoringNewLines("a\uFFFD[2Jb\uFFFDc\uFFFDd\033[31mred\033[0m");
  }

  @Test
  void wrapsLongTextBesideItsName() {
    new Page(stream, new Style(false)).field("why", "word ".repeat(40).strip());

    assertThat(text().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Page.WIDTH))
        .element(1)
        .asString()
        .startsWith(" ".repeat(14) + "word");
  }

  @Test
  void alignsColumnsWhateverTheColours() {
    Style style = new Style(true);

    new Page(stream, style)
        .table(List.of(List.of("A", "BYTES"), List.of(style.bad("x"), "7"), List.of("yy", "70")));

    assertThat(text().replaceAll("\033\\[[0-9;]*m", ""))
        .isEqualToIgnoringNewLines("A   BYTES\nx       7\nyy     70\n");
  }

  @Test
  void drawsProgressInPlaceAndClearsIt() {
    ProgressLine line = new ProgressLine(stream);
    line.expect(id -> 4 << 20);

    line.on(new Progressed(ID, Phase.DUMPING, 1 << 20, 9, 3, 1, Duration.ofSeconds(2)));
    line.on(new Finished(ID, "COMPLETE", Duration.ofSeconds(2)));
    line.clear();

    assertThat(text())
        .isEqualTo(
            "\r\033[Kdumping [#####...............] 25%  1.0 MiB  3 tables  1 row  0:02  512.0 KiB/s"
                + "\r\033[K");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
