package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.StreamCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives given to programs that stand in for pg_restore of versions that are not installed. */
class PgArchivesTest {
  private static final String SETTINGS =
      "SET lock_timeout = 0;\nSET transaction_timeout = 0;\nSET check_function_bodies = false;\n";
  private static final String ROWS = "COPY a FROM stdin;\nSET transaction_timeout = 0;\n\\.\n";

  @TempDir Path tools;

  @Test
  void aSettingOfANewerToolIsLeftOut() throws IOException {
    tool("17.6", "cat > /dev/null; printf '" + (SETTINGS + ROWS).replace("\\", "\\\\") + "'");

    assertThat(decode(archive("15.4")))
        .isEqualTo(SETTINGS.replace("SET transaction_timeout = 0;\n", "") + ROWS);
    assertThat(decode(archive("17.2"))).isEqualTo(SETTINGS + ROWS);
  }

  @Test
  void theTokenOfRestrictIsFixedWhereThatIsPossible() throws IOException {
    tool("16.10", "cat > /dev/null; echo \"$@\"");
    assertThat(decode(archive("16.1"))).contains("--restrict-key=conitrack");

    tool("16.9", "cat > /dev/null; echo \"$@\"");
    assertThat(decode(archive("16.1"))).doesNotContain("--restrict-key");
  }

  @Test
  void anOlderToolIsRefusedWithTheFix() throws IOException {
    tool("15.18", "cat");

    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> decode(archive("17.2")))
        .withMessageContaining("pg_restore")
        .withMessageContaining("15.18")
        .extracting(DatabaseException::kind)
        .isEqualTo(ErrorKind.TOOL);
  }

  @Test
  void aToolThatFailsTellsWhy() throws IOException {
    tool("15.18", "echo 'SET a = 1;'; echo 'pg_restore: error: could not read' >&2; exit 1");

    assertThatIOException()
        .isThrownBy(() -> decode(archive("15.4")))
        .withMessage("pg_restore cannot read the archive: could not read");
  }

  @Test
  void aToolThatWasKilledSaysNothingOfTheArchive() throws IOException {
    tool("15.18", "kill -9 $$");

    assertThatExceptionOfType(DatabaseException.class)
        .isThrownBy(() -> decode(archive("15.4")))
        .withMessageContaining("signal 9");
  }

  @Test
  void aSourceThatFailsIsToldAsItIs() throws IOException {
    tool("15.18", "cat > /dev/null");
    InputStream failing =
        new FilterInputStream(new ByteArrayInputStream(archive("15.4"))) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            if (read < 0) {
              throw new IOException("the network is down");
            }
            return read;
          }
        };

    assertThatIOException()
        .isThrownBy(() -> codec().decode(failing).readAllBytes())
        .withMessage("the network is down");
  }

  @Test
  void aHeaderThatIsCutOrForeignIsDamage() throws IOException {
    tool("15.18", "cat");
    byte[] archive = archive("15.4");
    for (int length : new int[] {0, 3, 8, 40, 60}) {
      byte[] cut = Arrays.copyOf(archive, length);
      assertThatIOException().as("cut at %d", length).isThrownBy(() -> decode(cut));
    }
  }

  private StreamCodec codec() {
    return PgArchives.withToolsIn(tools).custom();
  }

  private String decode(byte[] archive) throws IOException {
    try (InputStream plain = codec().decode(new ByteArrayInputStream(archive))) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void tool(String version, String script) throws IOException {
    Path tool = tools.resolve("pg_restore");
    Files.writeString(
        tool,
        "#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'pg_restore (PostgreSQL) "
            + version
            + "'; exit 0; fi\n"
            + script
            + "\n");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
  }

  /** The header as pg_dump 15 and earlier write it, and a little after it. */
  private static byte[] archive(String dumpedBy) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(new byte[] {1, 14, 0, 4, 8, 1});
    for (int i = 0; i < 8; i++) { // Compression and time.
      integer(bytes, 0);
    }
    text(bytes, "stock");
    text(bytes, "15.3");
    text(bytes, dumpedBy);
    bytes.writeBytes(new byte[1000]);
    return bytes.toByteArray();
  }

  private static void text(ByteArrayOutputStream bytes, String text) {
    integer(bytes, text.length());
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void integer(ByteArrayOutputStream bytes, int value) {
    bytes.writeBytes(new byte[] {0, (byte) value, (byte) (value >> 8), 0, 0});
  }
}
