package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StderrCaptureTest {
  private static String captured(String said) throws InterruptedException {
    StderrCapture capture =
        StderrCapture.start(
            new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)), "pg_dump");
    capture.await(10_000);
    return capture.text();
  }

  @Test
  void keepsAllThatIsSaidInMeasure() throws InterruptedException {
    assertThat(captured("pg_dump: error: ñ\n")).isEqualTo("pg_dump: error: ñ");
    String more = "x".repeat(20_000);
    assertThat(captured(more)).isEqualTo(more);
  }

  @Test
  void keepsBothEndsOfAFloodAndSaysWhatIsGone() throws InterruptedException {
    String text = captured("first " + "x".repeat(100_000) + " last");

    assertThat(text).startsWith("first x").endsWith("x last").contains("bytes left out]");
    assertThat(text.length()).isLessThan(33_000);
  }
}
