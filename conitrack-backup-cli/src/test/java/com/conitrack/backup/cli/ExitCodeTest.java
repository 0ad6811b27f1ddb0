package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
  @ParameterizedTest
  @CsvSource({
    "CONFIGURATION, 2",
    "CONNECTION, 3",
    "AUTHENTICATION, 3",
    "PERMISSION, 3",
    "FULL, 3",
    "TOOL, 3",
    "LOCKED, 3",
    "ALREADY_EXISTS, 4",
    "DATABASE, 4",
    "DAMAGED, 4",
    "TIMEOUT, 4",
    "RULE, 4",
    "IO, 4",
    "CANCELLED, 130"
  })
  void tellsWhoseMatterAFailureIs(ErrorKind kind, int code) {
    assertThat(ExitCode.of(new BackupException(kind, "unable to x", "y", null))).isEqualTo(code);
  }

  @Test
  void tellsAMistypedNameFromAMissingPlace() {
    ErrorKind kind = ErrorKind.NOT_FOUND;

    assertThat(ExitCode.of(new BackupException(kind, "unable to x", "y", null))).isEqualTo(2);
    assertThat(ExitCode.of(new StorageException(kind, "unable to x", "y", null))).isEqualTo(3);
    assertThat(ExitCode.of(new DatabaseException(kind, "unable to x", "y", null))).isEqualTo(3);
  }
}
