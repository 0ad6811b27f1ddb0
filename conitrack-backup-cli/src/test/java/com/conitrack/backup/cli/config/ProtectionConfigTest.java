package com.conitrack.backup.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.RetentionRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention that differs per storage, and immutability, as the file says them. */
class ProtectionConfigTest {
  private static final String START =
      """
      database: {url: "postgresql://db/stock"}
      storages:
        - {name: disk, type: filesystem, path: copies}
        - {name: nas, type: filesystem, path: nas}
      policy:
      """;

  @TempDir Path directory;

  @Test
  void readsRulesOfSingleStorages() {
    BackupPolicy policy =
        policy(
            """
              retention:
                scheduled: {last: 3}
                storages:
                  nas:
                    scheduled: {monthly: 36}
                    manual: forever
            """);

    assertThat(policy.retention().of(Trigger.SCHEDULED)).containsExactly(RetentionRule.last(3));
    assertThat(policy.retention().in("nas").of(Trigger.SCHEDULED))
        .containsExactly(RetentionRule.monthly(36));
    assertThat(policy.retention().in("nas").of(Trigger.MANUAL)).isEmpty();
    assertThat(policy.retention().in("nas").of(Trigger.PRE_CHANGE))
        .isEqualTo(policy.retention().of(Trigger.PRE_CHANGE));
    assertThat(policy.retention().in("disk").of(Trigger.SCHEDULED))
        .containsExactly(RetentionRule.last(3));
  }

  @Test
  void readsImmutability() {
    assertThat(policy("  immutability: {for: 30d, storages: [nas]}\n").immutability())
        .isEqualTo(Immutability.required(Duration.ofDays(30), "nas"));
    assertThat(policy("  immutability: {for: 30d, storages: all, require: false}\n").immutability())
        .isEqualTo(Immutability.wherePossible(Duration.ofDays(30)));
    assertThat(policy("  immutability: {for: 30d, proof: 10d}\n").immutability())
        .isEqualTo(new Immutability(Duration.ofDays(30), Set.of(), true, Duration.ofDays(10)));
    assertThat(policy("  immutability: none\n").immutability()).isEqualTo(Immutability.NONE);
  }

  @Test
  void tellsWhatIsWrong() {
    assertThat(problems("  immutability: {storages: [nas]}\n"))
        .singleElement()
        .asString()
        .contains("policy.immutability.for: no period is given");
    assertThat(problems("  immutability: {for: 30d, storages: [naz]}\n"))
        .singleElement()
        .asString()
        .contains("no storage is called 'naz'; did you mean 'nas'?");
    assertThat(problems("  immutability: {for: 0s}\n"))
        .singleElement()
        .asString()
        .contains("policy.immutability.for: cannot be PT0S");
    assertThat(problems("  immutability: always\n"))
        .singleElement()
        .asString()
        .contains("'always' is no protection; write none, or for: 30d below it");
    assertThat(problems("  retention: {storages: {usb: {manual: {last: 2}}}}\n"))
        .singleElement()
        .asString()
        .contains("policy.retention.storages.usb: no storage is called 'usb'");
    assertThat(problems("  retention: {storages: {nas: {manual: {last: 0}}}}\n"))
        .singleElement()
        .asString()
        .contains("policy.retention.storages.nas.manual.last: 0 keeps nothing");
  }

  private BackupPolicy policy(String yaml) {
    return loader().load(write(yaml)).policy();
  }

  private List<String> problems(String yaml) {
    Path file = write(yaml);
    ConfigException failure =
        Objects.requireNonNull(
            catchThrowableOfType(ConfigException.class, () -> loader().load(file)));
    return failure.problems().stream().map(problem -> problem.in("f")).toList();
  }

  private ConfigLoader loader() {
    return new ConfigLoader(Map.of(), directory);
  }

  private Path write(String yaml) {
    try {
      return Files.writeString(directory.resolve("conitrack-backup.yaml"), START + yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
