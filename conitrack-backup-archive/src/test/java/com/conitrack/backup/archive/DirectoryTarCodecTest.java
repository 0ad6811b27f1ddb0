package com.conitrack.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.conitrack.backup.core.port.StreamCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTarCodecTest {
  private static final byte[] CONTENT = "PGDMP ...".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temporary;

  /** Stands in for pg_restore: what is in the directory, by name. */
  private StreamCodec codec() {
    return DirectoryTarCodec.create(
        directory -> {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
              .isEqualTo("rwx------");
          try (Stream<Path> files = Files.list(directory)) {
            String names =
                files.map(file -> file.getFileName().toString()).sorted().toList().toString();
            return new ByteArrayInputStream(names.getBytes(StandardCharsets.UTF_8));
          }
        },
        temporary);
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(temporary).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "./", "render/", "./render/"})
  void aDumpIsReadFromAFolderOrWithoutOne(String folder) throws IOException {
    byte[] tar = tar(folder + "3456.dat.gz", folder + "toc.dat");

    assertThat(codec().recognises(tar)).isTrue();
    assertThat(decode(tar)).isEqualTo("[3456.dat.gz, toc.dat]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../toc.dat",
        "/toc.dat",
        "a/../toc.dat",
        "a/b/toc.dat",
        "a/..",
        "other/1.dat",
        ".x"
      })
  void namesThatLeadElsewhereAreRefused(String name) throws IOException {
    byte[] tar = tar("dump/toc.dat", name);

    assertThatIOException().isThrownBy(() -> decode(tar)).withMessageContaining("'" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_FIFO
      })
  void whatIsNoFileIsRefused(byte type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry("toc.dat", type);
      entry.setLinkName("/etc/passwd");
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    assertThatIOException()
        .isThrownBy(() -> decode(bytes.toByteArray()))
        .withMessageContaining("no ordinary file");
  }

  @Test
  void theSameNameTwiceIsRefused() throws IOException {
    byte[] tar = tar("toc.dat", "toc.dat");

    assertThatIOException().isThrownBy(() -> decode(tar)).withMessageContaining("twice");
  }

  @Test
  void anotherKindOfTarIsToldByWhatItHolds() throws IOException {
    byte[] tar = tar("photos/cat.png");

    assertThatIOException()
        .isThrownBy(() -> decode(tar))
        .withMessageContaining("it holds: photos/cat.png");
  }

  @Test
  void everyCutIsNoticed() throws IOException {
    byte[] tar = tar("1.dat", "toc.dat");
    int content = 4 * 512;
    for (int length = 1; length <= content + 500; length += 100) {
      byte[] cut = Arrays.copyOf(tar, length);
      assertThatIOException().as("cut at %d", length).isThrownBy(() -> decode(cut));
    }
    assertThatIOException().isThrownBy(() -> decode(Arrays.copyOf(tar, content)));
  }

  @Test
  void bytesAfterTheEndAreNoticed() throws IOException {
    byte[] tar = tar("toc.dat");
    byte[] longer = Arrays.copyOf(tar, tar.length + 1);
    longer[tar.length] = 'x';

    assertThatIOException().isThrownBy(() -> decode(longer)).withMessageContaining("follow it");
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    String own;
    try (UnpackDirectory mine = UnpackDirectory.create(temporary)) {
      own = mine.path().getFileName().toString();
    }
    Path left = temporary.resolve(own.replaceFirst("-\\d+-\\d+-[^-]*$", "-999999999-1-x"));
    Files.createDirectory(left);
    Files.write(left.resolve("toc.dat"), CONTENT);

    decode(tar("toc.dat"));

    assertThat(left).doesNotExist();
  }

  @Test
  void aDirectoryPacksToTheSameBytesEachTime(@TempDir Path dump) throws IOException {
    Files.write(dump.resolve("toc.dat"), CONTENT);
    Files.write(dump.resolve("1.dat"), new byte[513]);
    PackedDirectory packed = PackedDirectory.of(dump);
    byte[] first = packed.open().readAllBytes();

    assertThat(packed.open().readAllBytes()).isEqualTo(first);
    assertThat(decode(first)).isEqualTo("[1.dat, toc.dat]");
  }

  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(CONTENT.length);
        tar.putArchiveEntry(entry);
        tar.write(CONTENT);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private String decode(byte[] tar) throws IOException {
    try (InputStream plain = codec().decode(new ByteArrayInputStream(tar))) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
