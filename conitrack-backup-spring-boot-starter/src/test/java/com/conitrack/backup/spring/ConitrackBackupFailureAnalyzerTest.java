package com.conitrack.backup.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.PolicyProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

class ConitrackBackupFailureAnalyzerTest {
  private final FailureAnalyzer analyzer = new ConitrackBackupFailureAnalyzer();

  @Test
  void listsEveryProblemOfTheSettingsWithItsRemedy() {
    FailureAnalysis analysis =
        analysisOf(
            new ConfigurationException(
                "unable to use the settings",
                List.of(
                    new PolicyProblem(
                        "conitrack.backup.storages", "no storage is given", "add one"),
                    new PolicyProblem(
                        "conitrack.backup.policy.rpo", "it is negative", "give 1d"))));

    assertThat(analysis.getDescription())
        .isEqualTo(
            """
            Backups cannot be set up:

                conitrack.backup.storages: no storage is given
                conitrack.backup.policy.rpo: it is negative""");
    assertThat(analysis.getAction())
        .endsWith(
            "    conitrack.backup.storages: add one\n    conitrack.backup.policy.rpo: give 1d");
  }

  @Test
  void tellsWhatFailedAndWhatToDo() {
    FailureAnalysis analysis =
        analysisOf(
            new BackupException(
                ErrorKind.FULL,
                "unable to migrate database 'lots'",
                "the disk is full",
                "free some"));

    assertThat(analysis.getDescription())
        .isEqualTo("Unable to migrate database 'lots': the disk is full");
    assertThat(analysis.getAction()).isEqualTo("Free some");
  }

  @Test
  void hasNoActionWhereNothingIsToBeDone() {
    FailureAnalysis analysis =
        analysisOf(new BackupException(ErrorKind.TOOL, "unable to dump", "pg_dump died", null));

    assertThat(analysis.getAction()).isNull();
  }

  @Test
  void leavesWhatIsNoneOfItsBusiness() {
    assertThat(analyzer.analyze(new IllegalStateException("other"))).isNull();
  }

  private FailureAnalysis analysisOf(BackupException cause) {
    return analyzer.analyze(new BeanCreationException("conitrackBackup", "failed", cause));
  }
}
