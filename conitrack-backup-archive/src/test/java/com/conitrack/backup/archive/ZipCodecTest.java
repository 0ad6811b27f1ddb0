package com.conitrack.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.testsupport.codec.StreamCodecContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipCodecTest extends StreamCodecContract {
  private static final byte[] DUMP = "SELECT 1;\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

  @Override
  protected StreamCodec codec() {
    return ZipCodec.create();
  }

  @Test
  void directoriesAndTheMetadataOfMacOsDoNotCount() throws IOException {
    byte[] zip = zip("backups/", "backups/stock.sql", "__MACOSX/backups/._stock.sql");

    assertThat(codec().recognises(zip)).isTrue();
    assertThat(decode(zip)).isEqualTo(DUMP);
  }

  @Test
  void aFileThatIsStoredUncompressedIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry("stock.sql");
      CRC32 crc = new CRC32();
      crc.update(DUMP);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(DUMP.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(DUMP);
      zip.setComment("made by hand");
    }
    assertThat(decode(bytes.toByteArray())).isEqualTo(DUMP);
  }

  @Test
  void severalFilesAreRefusedWithTheirNames() throws IOException {
    byte[] zip = zip("stock.sql", "../ventas.sql");

    assertThatIOException()
        .isThrownBy(() -> decode(zip))
        .withMessage("the zip archive holds more than one file: stock.sql, ../ventas.sql");
  }

  @Test
  void anArchiveWithoutAFileIsRefused() throws IOException {
    byte[] zip = zip("backups/");

    assertThatIOException().isThrownBy(() -> decode(zip)).withMessageContaining("holds no file");
  }

  /** The reader of archives ends without a word where the directory at their end is cut. */
  @Test
  void anArchiveCutAnywhereIsRefusedWithWhatIsWrong() throws IOException {
    byte[] zip = zip("stock.sql");

    for (int length = 4; length < zip.length; length++) {
      byte[] cut = Arrays.copyOf(zip, length);
      assertThatIOException()
          .as("cut at %d of %d", length, zip.length)
          .isThrownBy(() -> decode(cut))
          .withMessageNotContaining("null")
          .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }
  }

  @Test
  void aPasswordIsTold() throws IOException {
    byte[] zip = zip("stock.sql");
    zip[6] |= 1; // APPNOTE.TXT, 4.4.4: bit 0 of the general purpose flag.

    assertThatIOException()
        .isThrownBy(() -> decode(zip))
        .withMessageContaining("encrypted with a password");
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(DUMP);
        }
      }
    }
    return bytes.toByteArray();
  }

  private byte[] decode(byte[] zip) throws IOException {
    try (InputStream plain = codec().decode(new ByteArrayInputStream(zip))) {
      return plain.readAllBytes();
    }
  }
}
