package com.conitrack.backup.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.conitrack.backup.core.check.PropertyFinding;
import com.conitrack.backup.core.check.PropertyFinding.Result;
import com.conitrack.backup.core.check.StorageProperty;
import com.conitrack.backup.core.check.StorageQualification;
import com.conitrack.backup.core.check.StorageQualifier;
import com.conitrack.backup.core.policy.Immutability;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory passes what an operator's storages are put to the test with. */
class QualifiedDirectoryTest {
  @TempDir Path directory;

  @Test
  void aDirectoryProvesAllItClaimsAndIsLeftClean() {
    FileSystemStorage storage = FileSystemStorage.at("disk", directory);

    StorageQualification result =
        new StorageQualifier(
                storage, Clock.systemUTC(), Immutability.NONE, StorageQualifier.USUAL_SIZE)
            .qualify();

    assertThat(result.findings())
        .filteredOn(finding -> finding.result() != Result.PROVED)
        .extracting(PropertyFinding::property, PropertyFinding::result)
        .containsExactlyInAnyOrder(
            tuple(StorageProperty.ATTRIBUTES, Result.ABSENT),
            tuple(StorageProperty.LOCK, Result.ABSENT));
    assertThat(result.passed()).isTrue();
    assertThat(storage.list("")).isEmpty();
    assertThat(result.left()).isEmpty();
  }
}
