package com.conitrack.backup.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application's tests find, with nothing set for them. */
class NoBackupsInTestsTest {
  @Configuration
  @ImportAutoConfiguration(ConitrackBackupAutoConfiguration.class)
  static class Application {}

  @Configuration
  @ImportAutoConfiguration(ConitrackBackupAutoConfiguration.class)
  static class ApplicationWithBoth {
    @Bean
    Database database() {
      return InMemoryDatabase.named("stock");
    }

    @Bean
    BackupStorage storage() {
      return new InMemoryStorage("memory");
    }
  }

  @Nested
  @SpringBootTest(classes = Application.class)
  class NeitherDatabaseNorStorage {
    @Test
    void isNeeded(@Autowired ObjectProvider<ConitrackBackup> backups) {
      assertThat(backups.getIfAvailable()).isNull();
    }
  }

  @Nested
  @SpringBootTest(classes = ApplicationWithBoth.class, properties = "conitrack.backup.enabled=true")
  class ATestOfBackups {
    @Test
    void asksForThem(@Autowired ConitrackBackup backups) {
      assertThat(backups.catalogue().entries()).isNotNull();
    }
  }
}
