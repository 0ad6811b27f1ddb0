package com.conitrack.backup.core.retention;

import static com.conitrack.backup.core.retention.Sample.catalogue;
import static com.conitrack.backup.core.retention.Sample.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RecoveryPoint;
import com.conitrack.backup.core.retention.Sample.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecoveryPointTest {
  private static final Instant NOW = Instant.parse("2026-01-11T03:00:00Z");

  @Test
  void itIsTheBeginningOfTheNewestGoodBackup() {
    RecoveryPoint point =
        at(
            scheduled("degraded", "2026-01-10T03:00:00Z").as(State.DEGRADED),
            scheduled("theirs", "2026-01-10T03:00:00Z").of("other"),
            scheduled("future", "2026-01-12T03:00:00Z"),
            scheduled("good", "2026-01-04T03:00:00Z"));

    assertThat(point.newestGood()).extracting(CatalogueEntry::id).hasToString("good");
    assertThat(point.age()).isEqualTo(Duration.ofDays(7));
    assertThat(point.met()).isTrue();
  }

  @Test
  void itIsMissedOnceOlder() {
    assertThat(at(scheduled("good", "2026-01-04T02:59:59Z")).met()).isFalse();
  }

  @Test
  void withoutAGoodBackupItIsMissed() {
    RecoveryPoint point = at(scheduled("bad", "2026-01-10T03:00:00Z").as(State.RULE_NOT_MET));

    assertThat(point.newestGood()).isNull();
    assertThat(point.age()).isNull();
    assertThat(point.met()).isFalse();
  }

  private static RecoveryPoint at(Sample... backups) {
    return RecoveryPoint.of(BackupPolicy.sop001(), catalogue(backups), "db", NOW);
  }
}
