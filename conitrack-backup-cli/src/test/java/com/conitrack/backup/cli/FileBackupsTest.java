package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.cli.config.ConfigException;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.flyway.ConfiguredBackups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBackupsTest {
  @TempDir private Path directory;

  private final ConfiguredBackups backups =
      ServiceLoader.load(ConfiguredBackups.class).findFirst().orElseThrow();

  @Test
  void areThoseOfTheCommandsFile() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("any.yaml"),
            """
            database:
              url: jdbc:postgresql://localhost:1/stock
            storages:
              - name: nas
                type: filesystem
                path: objects
            policy:
              preset: sop-001
            """);

    assertThat(backups.of(file).policy()).isEqualTo(BackupPolicy.sop001());
  }

  @Test
  void tellsThatAFileIsNotThere() {
    assertThatThrownBy(() -> backups.of(directory.resolve("absent.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is no such file");
  }
}
