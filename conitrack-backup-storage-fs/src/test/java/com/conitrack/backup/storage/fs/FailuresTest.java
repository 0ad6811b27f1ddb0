package com.conitrack.backup.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
  @TempDir Path directory;
  private Failures failures;

  @BeforeEach
  void makeFailures() {
    failures = new Failures("nas", directory);
  }

  @Test
  void refusedAccessNamesThePlaceAndTheUser() {
    StorageException e =
        failures.changing(
            failures.unableTo("delete", "dir/key"),
            new AccessDeniedException(directory.resolve("dir/key").toString()));
    assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION);
    assertThat(e)
        .hasMessageStartingWith("unable to delete 'dir/key' in storage 'nas': ")
        .hasMessageContaining("'" + directory + "'")
        .hasMessageContaining("let user '" + System.getProperty("user.name") + "'");
  }

  @Test
  void anExceededQuotaIsALackOfRoomInAnyLanguageThatSaysSo() {
    for (String text :
        new String[] {
          "Disk quota exceeded", "Se ha excedido la cuota de disco", "Quota exceeded"
        }) {
      StorageException e = failures.writing("unable", new IOException(text), 123_456);
      assertThat(e.kind()).isEqualTo(ErrorKind.FULL);
      assertThat(e).hasMessageContaining("123,456 bytes").hasMessageContaining("bytes are free");
    }
  }

  @Test
  void aFileAtTheLimitOfFat32IsExplained() {
    StorageException e =
        failures.writing("unable", new IOException("Fichero muy grande"), (1L << 32) - 1);
    assertThat(e.kind()).isEqualTo(ErrorKind.FULL);
    assertThat(e).hasMessageContaining("4,294,967,295").hasMessageContaining("exFAT");
  }

  @Test
  void aFailureToReadIsNoMatterOfWriting() {
    StorageException e =
        failures.reading("unable", new FileSystemException("x", null, "Input/output error"));
    assertThat(e.kind()).isEqualTo(ErrorKind.IO);
  }

  @Test
  void anythingElseKeepsItsReason() {
    StorageException e =
        failures.writing("unable", new FileSystemException("x", null, "Input/output error"), 0);
    assertThat(e.kind()).isEqualTo(ErrorKind.IO);
    assertThat(e)
        .hasMessageContaining("Input/output error")
        .hasMessageContaining("check the drive");
  }
}
