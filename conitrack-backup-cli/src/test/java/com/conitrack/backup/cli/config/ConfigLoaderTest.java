package com.conitrack.backup.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.conitrack.backup.cli.config.CompressionConfig.Codec;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.policy.RunRules;
import com.conitrack.backup.core.policy.RunRules.CatchUp;
import com.conitrack.backup.core.policy.RunRules.Task;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final String SECRET = "s3cret-hunter2";
  private static final Map<String, String> VARIABLES =
      Map.of("DB_PASSWORD", SECRET, "EMPTY", "", "PORT", "6543", "CRON", "0 4 * * *");

  private static final String MINIMAL =
      """
      database:
        url: jdbc:postgresql://db.example:5433/stock?user=ana
      storages:
        - name: disk
          type: filesystem
          path: copies
      """;

  @TempDir Path directory;

  @Test
  void takesTheDefaultsForWhatIsNotGiven() {
    Config config = load(MINIMAL);

    assertThat(config.database().connection().host()).isEqualTo("db.example");
    assertThat(config.database().connection().port()).isEqualTo(5433);
    assertThat(config.database().connection().user()).isEqualTo("ana");
    assertThat(config.database().connection().hasPassword()).isFalse();
    assertThat(config.database().scope()).isEqualTo(DumpScope.ALL);
    assertThat(config.database().tools()).isNull();
    assertThat(config.database().lockWait()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.storages()).singleElement().extracting(StorageConfig::name).isEqualTo("disk");
    assertThat(config.compression()).isEqualTo(new CompressionConfig(Codec.GZIP, 1));
    assertThat(config.policy()).isEqualTo(BackupPolicy.defaults());
    assertThat(config.actor()).isNull();
    assertThat(config.lockWait()).isZero();
    assertThat(config.stallLimit()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void readsEveryKey() {
    Config config =
        load(
            """
            database:
              url: postgresql://db:${PORT}/stock
              user: backup
              password: ${DB_PASSWORD}
              tools: /usr/lib/postgresql/16/bin
              lock-wait: 30s
              include-schemas: [public]
              exclude-schemas: [tmp]
              include-tables: ["public.*"]
              exclude-tables: [public.junk]
              exclude-table-data: [public.session]
            storages:
              - {name: disk, type: filesystem, path: copies, create: true}
              - {name: nas, type: filesystem, path: ~/nas}
            compression: {codec: zstd, level: 9}
            policy:
              preset: sop-001
              schedule: {cron: "${CRON}", zone: Europe/Madrid, catch-up: wait, grace: 2h, tasks: [drill, prune]}
              rpo: 26h
              rto: PT2H
              retention:
                zone: Europe/Madrid
                scheduled: {last: 3, for: 7d, daily: 7, weekly: 5, monthly: 12, yearly: 2}
                pre-restore: forever
              content:
                minimum-tables: 2
                required-tables: [lote, "public.Órdenes"]
                minimum-rows: {lote: 5}
                greatest-shrink: 20%
                greatest-table-shrink: {"events_*": 1}
                minimum-stored-bytes: 2KiB
              verification: content
              copies-required: 2
              naming: {default: "x_{date}", pre-change: "y_{time}"}
              drill-interval: none
              dump-timeout: 1d12h
            actor: cron
            lock-wait: 10m
            stall-limit: 1m
            """);

    assertThat(config.database().connection().user()).isEqualTo("backup");
    assertThat(config.database().connection().hasPassword()).isTrue();
    assertThat(config.database().connection().port()).isEqualTo(6543);
    assertThat(config.database().tools()).isEqualTo(Path.of("/usr/lib/postgresql/16/bin"));
    assertThat(config.database().lockWait()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.database().scope())
        .isEqualTo(
            new DumpScope(
                List.of("public"),
                List.of("tmp"),
                List.of("public.*"),
                List.of("public.junk"),
                List.of("public.session")));
    assertThat(config.storages())
        .extracting(StorageConfig::location)
        .containsExactly(
            directory.resolve("copies").toString(), directory.resolve("home/nas").toString());
    assertThat(config.compression()).isEqualTo(new CompressionConfig(Codec.ZSTD, 9));
    BackupPolicy policy = config.policy();
    ZoneId madrid = ZoneId.of("Europe/Madrid");
    assertThat(policy.schedule()).isEqualTo(Schedule.of("0 4 * * *", madrid));
    assertThat(policy.runs())
        .isEqualTo(new RunRules(CatchUp.WAIT, Duration.ofHours(2), Set.of(Task.PRUNE, Task.DRILL)));
    assertThat(policy.rpo()).isEqualTo(Duration.ofHours(26));
    assertThat(policy.rto()).isEqualTo(Duration.ofHours(2));
    assertThat(policy.retention().zone()).isEqualTo(madrid);
    assertThat(policy.retention().of(Trigger.SCHEDULED))
        .containsExactly(
            RetentionRule.last(3),
            RetentionRule.age(Duration.ofDays(7)),
            RetentionRule.daily(7),
            RetentionRule.weekly(5),
            RetentionRule.monthly(12),
            RetentionRule.yearly(2));
    assertThat(policy.retention().of(Trigger.PRE_RESTORE)).isEmpty();
    assertThat(policy.retention().of(Trigger.MANUAL))
        .isEqualTo(BackupPolicy.sop001().retention().of(Trigger.MANUAL));
    assertThat(policy.content().minimumTables()).isEqualTo(2);
    assertThat(policy.content().requiredTables()).containsExactly("lote", "public.Órdenes");
    assertThat(policy.content().minimumTableRows()).isEqualTo(Map.of("lote", 5L));
    assertThat(policy.content().greatestShrink()).isEqualTo(0.2);
    assertThat(policy.content().tableShrink()).isEqualTo(Map.of("events_*", 1.0));
    assertThat(policy.content().minimumStoredBytes()).isEqualTo(2048);
    assertThat(policy.verificationLevel()).isEqualTo(VerificationLevel.CONTENT);
    assertThat(policy.copiesRequired()).isEqualTo(2);
    assertThat(policy.naming().of(Trigger.MANUAL)).isEqualTo("x_{date}");
    assertThat(policy.naming().of(Trigger.PRE_CHANGE)).isEqualTo("y_{time}");
    assertThat(policy.drillInterval()).isNull();
    assertThat(policy.dumpTimeout()).isEqualTo(Duration.ofHours(36));
    assertThat(config.actor()).isEqualTo("cron");
    assertThat(config.lockWait()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.stallLimit()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.toString()).doesNotContain(SECRET);
  }

  @Test
  void takesSingleNumbersWhereTablesMayBeNamed() {
    Config config =
        load(
            MINIMAL
                + """
                compression: none
                policy:
                  schedule: none
                  content: {minimum-rows: 7, greatest-table-shrink: 0.5}
                """);

    assertThat(config.compression().codecs()).isEmpty();
    assertThat(config.policy().schedule()).isNull();
    assertThat(config.policy().content().minimumRows()).isEqualTo(7);
    assertThat(config.policy().content().greatestTableShrink()).isEqualTo(0.5);
  }

  @Test
  void loadsTheExampleThatIsShipped() throws IOException {
    Path file = directory.resolve("example.yaml");
    try (var example =
        Objects.requireNonNull(
            ConfigFiles.class.getResourceAsStream("../conitrack-backup.example.yaml"))) {
      Files.copy(example, file);
    }

    Config config = new ConfigLoader(Map.of(), directory).load(file);

    assertThat(config.policy().warnings())
        .extracting(w -> w.code().name())
        .doesNotContain("RPO_WITHOUT_SLACK");
    assertThat(config.storages()).hasSize(1);
  }

  @Test
  void namesAnUnknownKeyAndWhatWasMeant() {
    assertThat(problems(MINIMAL.replace("  url:", "  pasword: x\n  url:")))
        .containsExactly("2:3: database.pasword: unknown key; did you mean 'password'?");
    assertThat(problems(MINIMAL + "policy:\n  content:\n    min_tables: 3\n").get(0))
        .startsWith("9:5: policy.content.min_tables: unknown key; ");
    assertThat(problems(MINIMAL + "policy:\n  copiesRequired: 1\n"))
        .containsExactly(
            "8:3: policy.copiesRequired: unknown key; did you mean 'copies-required'?");
    assertThat(problems(MINIMAL + "xyzzy: 1\n").get(0))
        .startsWith("7:1: xyzzy: unknown key; known here: database, storages, ");
    assertThat(problems(MINIMAL + "    bucket: b\n"))
        .containsExactly(
            "7:5: storages[0].bucket: unknown key; known here: name, type, path, create");
  }

  @Test
  void refusesAKeyGivenTwice() {
    assertThat(problems(MINIMAL.replace("storages:", "  url: postgresql://h/d\nstorages:")))
        .containsExactly(
            "3:3: database.url: this key is given twice, first on line 2; remove one of the two");
  }

  @Test
  void refusesAVariableThatIsNotSet() {
    assertThat(problems(MINIMAL.replace("path: copies", "path: ${NOWHERE}/x")))
        .containsExactly(
            "6:11: storages[0].path: the environment variable 'NOWHERE' is not set;"
                + " set it, or give a default: ${NOWHERE:-…}");
    assertThat(problems(MINIMAL.replace("path: copies", "path: ${NO WAY}")).get(0))
        .startsWith("6:11: storages[0].path: '${NO WAY}' is not a reference to a variable");
    assertThat(problems(MINIMAL.replace("path: copies", "path: x${PORT")).get(0))
        .startsWith("6:11: storages[0].path: '${PORT' is not a reference to a variable");
  }

  @ParameterizedTest
  @CsvSource({
    "${PORT}, 6543",
    "a${PORT}b${PORT}, a6543b6543",
    "${NOWHERE:-x y}, x y",
    "${EMPTY:-x}, x",
    "a${EMPTY}, a",
    "$${PORT}, ${PORT}",
    "$$$$, $$",
    "5$ off, 5$ off",
    "${NOWHERE:-}z, z"
  })
  void putsVariablesIn(String written, String meant) {
    assertThat(load(MINIMAL + "actor: \"" + written + "\"\n").actor()).isEqualTo(meant);
  }

  @Test
  void doesNotTakeAVariableForConfiguration() {
    Config config =
        new ConfigLoader(Map.of("X", "a: b\n- c # d ${PORT}"), directory)
            .load(write(MINIMAL + "actor: ${X}\n"));

    assertThat(config.actor()).isEqualTo("a: b\n- c # d ${PORT}");
  }

  @Test
  void explainsAWrongShape() {
    assertThat(
            problems(
                "database: [a]\n" + MINIMAL.lines().skip(2).reduce("", (a, b) -> a + b + "\n")))
        .containsExactly(
            "1:11: database: keys and values are wanted, but a list is given;"
                + " indent its keys below it");
    assertThat(problems("database: {url: postgresql://h/d}\nstorages: /var\n").get(0))
        .startsWith("2:11: storages: a list is wanted, but a single value is given");
    assertThat(problems(MINIMAL.replace("path: copies", "path: [copies]")))
        .containsExactly("6:11: storages[0].path: a single value is wanted, but a list is given");
    assertThat(problems(MINIMAL.replace("path: copies", "path:")).get(0))
        .contains("storages[0].path: a single value is wanted, but nothing is given");
    assertThat(problems(MINIMAL + "policy:\n  content:\n    required-tables: lote\n"))
        .singleElement()
        .asString()
        .startsWith("9:22: policy.content.required-tables: a list is wanted, but a single value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rpo: 7 days|is no duration",
        "rto: 4|is no duration",
        "dump-timeout: ''|is no duration",
        "copies-required: two|is no whole number",
        "verification: restored|is not known here; choose one of: content, stored",
        "preset: sop001|is not known here; choose one of: default, sop-001",
        "schedule: {cron: 0 3 * * 0, zone: Mars}|is no time zone",
        "schedule: {cron: 0 3 * * 0, catch-up: later}|'later' is not known here",
        "schedule: {cron: 0 3 * * 0, tasks: [sweep]}|'sweep' is no task",
        "content: {greatest-shrink: lots}|is no fraction",
        "content: {minimum-stored-bytes: 1MB}|is no size",
        "content: {minimum-rows: many}|is no whole number",
        "content: {minimum-rows: {lote: many}}|is no whole number",
        "retention: {manual: always}|is no rule",
        "retention: {manual: {last: few}}|is no whole number",
        "retention: {manual: {last: 0}}|0 keeps nothing",
        "retention: {manual: {}}|no rule is given",
      })
  void explainsAValueThatDoesNotFitItsKey(String line, String why) {
    assertThat(problems(MINIMAL + "policy:\n  " + line + "\n"))
        .singleElement()
        .asString()
        .startsWith("8:")
        .contains(": policy." + line.substring(0, line.indexOf(':')))
        .contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rpo: 0s|8:3: policy.rpo: cannot be PT0S",
        "copies-required: 99|8:3: policy.copies-required: cannot be 99",
        "schedule: 0 3 * *|8:13: policy.schedule: '0 3 * *' is not usable",
        "schedule: {cron: 0 3 30 2 *}|8:20: policy.schedule.cron: '0 3 30 2 *' is not usable",
        "naming: b_{when}|8:3: policy.naming: '{when}' stands for nothing",
        "content: {greatest-shrink: 3}|8:13: policy.content.greatest-shrink: cannot be 3.0",
        "content: {minimum-tables: -1}|8:13: policy.content.minimum-tables: cannot be -1",
        "content: {required-tables: [a.b.c]}|8:13: policy.content.required-tables: 'a.b.c' is not",
        "content: {minimum-rows: {lote: -1}}|8:28: policy.content.minimum-rows.lote: cannot be -1",
      })
  void placesWhatThePolicyRefuses(String line, String problem) {
    assertThat(problems(MINIMAL + "policy:\n  " + line + "\n"))
        .singleElement()
        .asString()
        .startsWith(problem);
  }

  @Test
  void requiresDatabaseAndStorages() {
    List<String> missing =
        List.of(
            "1:1: database: no database is given; write database: and below it url:",
            "1:1: storages: no storage is given;"
                + " list at least one below 'storages:', with name, type and path");
    assertThat(problems("")).isEqualTo(missing);
    assertThat(problems("# nothing\n")).isEqualTo(missing);
    assertThat(problems("database:\n  user: x\nstorages: []\n"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("2:3: database.url: the database has no URL");
  }

  @Test
  void checksStorages() {
    String storages =
        """
        database: {url: postgresql://h/d}
        storages:
          - {name: A!, type: filesystem, path: x}
          - {name: b, type: ftp}
          - {type: filesystem, path: y}
          - {name: c, path: y}
          - {name: d, type: filesystem}
          - {name: d, type: filesystem, path: z, create: perhaps}
        """;
    assertThat(problems(storages))
        .hasSize(7)
        .satisfiesExactly(
            p -> assertThat(p).startsWith("3:12: storages[0].name: 'A!' is no name"),
            p -> assertThat(p).startsWith("4:21: storages[1].type: 'ftp' is not known here"),
            p -> assertThat(p).startsWith("5:5: storages[2].name: the storage has no name"),
            p -> assertThat(p).startsWith("6:5: storages[3].type: the storage has no type"),
            p -> assertThat(p).startsWith("7:5: storages[4].path: no directory is given"),
            p -> assertThat(p).startsWith("8:12: storages[5].name: two storages are called 'd'"),
            p -> assertThat(p).contains("storages[5].create: 'perhaps' is not known here"));
  }

  @Test
  void readsBuckets() {
    Config config =
        load(
            """
            database: {url: postgresql://h/d}
            storages:
              - name: r2
                type: r2
                account: 0123456789abcdef0123456789abcdef
                jurisdiction: eu
                bucket: backups
                access-key-id: key-id
                secret-access-key: "${SECRET:-hidden-secret}"
              - name: minio
                type: s3
                endpoint: https://minio.example:9000
                path-style: true
                bucket: backups
                prefix: a/b
                access-key-id-file: id
                secret-access-key-file: secret
                part-size: 525MiB
                parts-in-flight: 3
                conditional-writes: false
                lock: compliance
              - {name: aws, type: s3, region: eu-central-1, bucket: other}
            """);

    assertThat(config.storages())
        .extracting(StorageConfig::location)
        .containsExactly(
            "backups at Cloudflare R2",
            "backups/a/b at https://minio.example:9000",
            "other at Amazon S3");
    assertThat(config.toString()).doesNotContain("hidden-secret");
    StorageInfo r2 = config.storages().get(0).opener().get().info();
    assertThat(r2.location())
        .isEqualTo(
            "s3://backups/ at"
                + " https://0123456789abcdef0123456789abcdef.eu.r2.cloudflarestorage.com");
    assertThat(r2.capabilities()).contains(Capability.ATOMIC_CREATE);
    assertThat(config.storages().get(1).opener().get().info().capabilities())
        .contains(Capability.RETENTION_LOCK)
        .doesNotContain(Capability.ATOMIC_CREATE);
  }

  @Test
  void checksBuckets() {
    String storages =
        """
        database: {url: postgresql://h/d}
        storages:
          - {name: a, type: r2, acount: x, bucket: bkt, access-key-id: i, secret-access-key: s}
          - {name: b, type: r2, account: x, bucket: bkt}
          - {name: c, type: s3}
          - {name: d, type: s3, region: r, bucket: bkt, access-key-id: i, secret-acess-key: s}
          - {name: e, type: s3, endpoint: "ftp://x", bucket: bkt, part-size: 1MiB, lock: hard}
          - {name: f, type: s3, endpoint: "https://u:p@x", bucket: "B?", prefix: .x, parts-in-flight: 0}
        """;
    assertThat(problems(storages))
        .satisfiesExactlyInAnyOrder(
            p -> assertThat(p).contains("acount: unknown key; did you mean 'account'?"),
            p -> assertThat(p).contains("storages[0].account: no account is given"),
            p -> assertThat(p).contains("storages[1].account: 'x' is no account id"),
            p -> assertThat(p).contains("storages[1].access-key-id: no access key is given"),
            p -> assertThat(p).contains("storages[2].bucket: no bucket is given"),
            p -> assertThat(p).contains("storages[2].region: no region is given"),
            p ->
                assertThat(p)
                    .contains("secret-acess-key: unknown key; did you mean 'secret-access-key'?"),
            p ->
                assertThat(p)
                    .contains(
                        "storages[3].secret-access-key: an access key has an id and a secret"),
            p -> assertThat(p).contains("storages[4].endpoint: the address cannot be used here"),
            p -> assertThat(p).contains("storages[4].part-size: '1MiB' cannot be used here"),
            p -> assertThat(p).contains("storages[4].lock: 'hard' is not known here"),
            p -> assertThat(p).contains("storages[5].endpoint: the address cannot be used here"),
            p -> assertThat(p).contains("storages[5].bucket: 'B?' cannot be used here"),
            p -> assertThat(p).contains("storages[5].prefix: '.x' cannot be used here"),
            p -> assertThat(p).contains("storages[5].parts-in-flight: '0' cannot be used here"));
  }

  @Test
  void readsBucketsOfGoogle() {
    Config config =
        load(
            """
            database: {url: postgresql://h/d}
            storages:
              - name: gcs
                type: gcs
                bucket: conitrack-backups
                prefix: production
                credentials-file: key.json
                project: payer
                endpoint: https://storage.example
                retention: locked
              - {name: plain, type: gcs, bucket: conitrack-backups}
            """);

    assertThat(config.storages())
        .extracting(StorageConfig::location)
        .containsExactly("gs://conitrack-backups/production/", "gs://conitrack-backups/");
    assertThat(config.storages().get(0).opener().get().info().capabilities().toString())
        .contains("RETENTION_LOCK");
    assertThat(config.storages().get(1).opener().get().info().capabilities().toString())
        .doesNotContain("RETENTION_LOCK");
  }

  @Test
  void checksBucketsOfGoogle() {
    String storages =
        """
        database: {url: postgresql://h/d}
        storages:
          - {name: a, type: gcs, endpoint: "https://u:p@h"}
          - {name: b, type: gcs, bucket: "gs://x", retention: forever}
          - {name: c, type: gcs, bucket: backups, prefix: .x, credential-file: y}
          - {name: d, type: gcs, bucket: backups, endpoint: "http://storage.example"}
          - {name: e, type: gcs, bucket: backups, endpoint: "not a URI"}
        """;
    assertThat(problems(storages))
        .satisfiesExactlyInAnyOrder(
            p -> assertThat(p).contains("storages[0].bucket: no bucket is given"),
            p -> assertThat(p).contains("storages[1].bucket: 'gs://x' is no bucket's name"),
            p -> assertThat(p).contains("storages[1].retention: 'forever' is not known here"),
            p -> assertThat(p).contains("storages[2].prefix: '.x' cannot be used here"),
            p -> assertThat(p).contains("did you mean 'credentials-file'?"),
            p -> assertThat(p).contains("storages[3].endpoint: credentials would be sent readable"),
            p -> assertThat(p).contains("storages[4].endpoint: 'not a URI' cannot be used here"));
  }

  @Test
  void requiresAsManyStoragesAsCopies() {
    assertThat(problems(MINIMAL + "policy: {copies-required-in: [dusk]}\n"))
        .singleElement()
        .asString()
        .contains("policy.copies-required-in", "dusk");
    assertThat(problems(MINIMAL + "policy: {copies-required: 2}\n"))
        .containsExactly(
            "7:10: policy.copies-required: 2 copies are required, but storages: 1;"
                + " add a storage or require fewer copies");
  }

  @Test
  void refusesTwoPasswords() {
    assertThat(problems(MINIMAL.replace("storages:", "  password: a\n  passfile: b\nstorages:")))
        .containsExactly(
            "4:3: database.passfile: a password is given by password already; keep one of them");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ana:s3cret-hunter2@h/d",
        "postgresql://ana:s3cret-hunter2@h:port/d",
        "jdbc:postgresql://h/d?user=a&password=s3cret-hunter2%ZZ",
        "postgresql://ana:${DB_PASSWORD}@h:99999999/d"
      })
  void neverRepeatsTheUrl(String url) {
    ConfigException failure =
        failure("database:\n  url: " + url + "\n" + MINIMAL.substring(MINIMAL.indexOf("storages")));

    assertThat(failure.problems().get(0).at()).isEqualTo(new Position(2, 8));
    assertThat(failure).message().doesNotContain(SECRET).contains("database.url");
  }

  @Test
  void neverRepeatsWhatAVariableHolds() {
    ConfigException failure =
        failure(MINIMAL + "policy:\n  rpo: ${DB_PASSWORD}\n  verification: ${DB_PASSWORD}\n");

    assertThat(failure)
        .message()
        .contains("'${DB_PASSWORD}' is no duration")
        .doesNotContain(SECRET);
  }

  @Test
  void tellsEverythingThatIsWrongInTheOrderOfTheFile() {
    String text =
        MINIMAL.replace("storages:", "  tols: x\nstorages:")
            + "compression: {codec: lz4}\npolicy: {rpo: soon, rto: 0s}\nlock-wait: long\n";
    assertThat(problems(text))
        .extracting(p -> p.substring(0, p.indexOf(':')))
        .containsExactly("3", "8", "9", "9", "10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compression: {codec: gzip, level: 10}|gzip has no level 10; choose one from 1 to 9",
        "compression: {codec: zstd, level: 0}|zstd has no level 0; choose one from 1 to 19",
        "compression: {codec: none, level: 1}|none has no level 1; remove the key",
      })
  void refusesALevelTheCodecDoesNotHave(String line, String problem) {
    assertThat(problems(MINIMAL + line + "\n")).singleElement().asString().contains(problem);
  }

  @Test
  void refusesTimesThatAreTooShort() {
    assertThat(problems(MINIMAL + "lock-wait: PT-1S\nstall-limit: 0s\n"))
        .containsExactly(
            "7:1: lock-wait: the time is too short; give at least 0s",
            "8:1: stall-limit: the time is too short; give at least 1s");
  }

  @Test
  void placesWhatIsNoYaml() {
    assertThat(problems("database:\n  url: [unclosed\nstorages: x\n"))
        .singleElement()
        .asString()
        .startsWith("3:9: this is no valid YAML: ");
    assertThat(problems("a: 1\n---\nb: 2\n").get(0)).contains("this is no valid YAML");
    assertThat(problems("database:\n\turl: x\n").get(0)).startsWith("2:1: this is no valid YAML");
    assertThat(problems("- a\n- b\n").get(0))
        .startsWith("1:1: keys and values are wanted, but a list");
  }

  @Test
  void keepsTextAsItIsWritten() {
    assertThat(load(MINIMAL + "actor: 0012\n").actor()).isEqualTo("0012");
    assertThat(load(MINIMAL + "actor: no\n").actor()).isEqualTo("no");
    assertThat(load(MINIMAL + "actor: 2026-01-06\n").actor()).isEqualTo("2026-01-06");
  }

  @Test
  void tellsWhyAFileCannotBeRead() throws IOException {
    assertThat(failureOf(directory.resolve("none.yaml")))
        .message()
        .contains("there is no such file");
    Path latin = directory.resolve("latin.yaml");
    Files.write(latin, "actor: Órden".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(failureOf(latin)).message().contains("it is not UTF-8");
    assertThat(failureOf(directory)).message().contains("unable to read the configuration");
  }

  private Config load(String yaml) {
    return new ConfigLoader(VARIABLES, directory.resolve("home")).load(write(yaml));
  }

  private List<String> problems(String yaml) {
    return failure(yaml).problems().stream()
        .map(problem -> problem.in("f").substring("f:".length()))
        .toList();
  }

  private ConfigException failure(String yaml) {
    return failureOf(write(yaml));
  }

  private ConfigException failureOf(Path file) {
    ConfigLoader loader = new ConfigLoader(VARIABLES, directory.resolve("home"));
    ConfigException failure =
        Objects.requireNonNull(
            catchThrowableOfType(ConfigException.class, () -> loader.load(file)));
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    return failure;
  }

  private Path write(String yaml) {
    try {
      return Files.writeString(directory.resolve("conitrack-backup.yaml"), yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
