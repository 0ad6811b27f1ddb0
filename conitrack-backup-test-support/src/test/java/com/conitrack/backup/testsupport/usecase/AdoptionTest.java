package com.conitrack.backup.testsupport.usecase;

import static com.conitrack.backup.testsupport.usecase.World.backupKeys;
import static com.conitrack.backup.testsupport.usecase.World.entries;
import static com.conitrack.backup.testsupport.usecase.World.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.adopt.AdoptionPreview;
import com.conitrack.backup.core.adopt.AdoptionRequest;
import com.conitrack.backup.core.adopt.AdoptionSource;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptionTest {
  private static final Instant TAKEN = Instant.parse("2026-01-06T03:00:00Z");

  private final World world = new World();
  @TempDir Path directory;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(world.nasBelow.openHandles()).isEmpty();
    assertThat(world.usbBelow.openHandles()).isEmpty();
  }

  @Test
  void theBytesAreStoredAsTheyAreAndVerified() throws IOException {
    byte[] dump = foreignDump();
    ConitrackBackup backups = world.backups();

    Manifest manifest = backups.adopt(request(dump).because("the old host")).orThrow();

    assertThat(manifest.trigger()).isEqualTo(Trigger.ADOPTED);
    assertThat(manifest.startedAt()).isEqualTo(TAKEN);
    assertThat(manifest.reason()).isEqualTo("the old host");
    assertThat(manifest.adoption()).isNotNull();
    assertThat(manifest.adoption().source()).isEqualTo("latest.bin");
    assertThat(manifest.dump().codecs()).containsExactly("gzip");
    assertThat(manifest.dump().key()).endsWith(".sql.gz");
    assertThat(manifest.dump().stored().sha256()).isEqualTo(Sha256.of(dump));
    assertThat(read(world.nas, manifest.dump().key())).isEqualTo(dump);
    assertThat(read(world.usb, manifest.dump().key())).isEqualTo(dump);
    assertThat(backups.verify(manifest.id(), VerificationLevel.CONTENT).proved()).isTrue();
    assertThat(backups.catalogue().entries())
        .extracting(CatalogueEntry::good)
        .containsExactly(true);
  }

  @Test
  void theRegisterTellsWhereItCameFrom() throws IOException {
    ConitrackBackup backups = world.backups();
    backups.adopt(request(foreignDump()).because("the old host")).orThrow();

    RegisterEntry entry = entries(backups, RegisterEvent.BACKUP).get(0);

    assertThat(entry.actor().name()).isEqualTo("ana");
    assertThat(entry.details())
        .containsEntry("source", "latest.bin")
        .containsEntry("takenAt", TAKEN.toString())
        .containsEntry("trigger", "ADOPTED")
        .containsEntry("reason", "the old host")
        .containsKey("storedSha256");
  }

  @Test
  void theTimeOfTheFileStandsInAndIsRemarkedOn() throws IOException {
    Path file = Files.write(directory.resolve("dump"), foreignDump());
    Files.setLastModifiedTime(file, FileTime.from(TAKEN));

    BackupOutcome outcome = world.backups().adopt(AdoptionRequest.of(AdoptionSource.file(file)));

    assertThat(outcome.orThrow().startedAt()).isEqualTo(TAKEN);
    assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("changed last"));
  }

  @Test
  void aDryRunLeavesNoTrace() throws IOException {
    byte[] dump = foreignDump();
    ConitrackBackup backups = world.backups();

    AdoptionPreview preview = backups.planAdoption(request(dump));

    assertThat(preview.adoptable()).isTrue();
    assertThat(preview.stored().sha256()).isEqualTo(Sha256.of(dump));
    assertThat(preview.findings().fingerprint().rows()).isEqualTo(3);
    assertThat(world.nas.list("")).isEmpty();
  }

  @Test
  void theSameBytesAreNotAdoptedTwice() throws IOException {
    byte[] dump = foreignDump();
    ConitrackBackup backups = world.backups();
    Manifest first = backups.adopt(request(dump)).orThrow();

    BackupOutcome second = backups.adopt(request(dump).takenAt(TAKEN.plusSeconds(60)));

    assertThat(failure(second))
        .hasMessageContaining(first.id().value())
        .extracting(BackupException::kind)
        .isEqualTo(ErrorKind.ALREADY_EXISTS);
  }

  @Test
  void aDumpOfAnotherDatabaseBreaksTheRules() throws IOException {
    BackupPolicy policy = World.POLICY.toBuilder().requireTables("analisis").build();

    BackupOutcome outcome = world.backups(policy).adopt(request(foreignDump()));

    assertThat(failure(outcome)).hasMessageContaining("analisis");
    assertNothingIsKept();
  }

  @Test
  void anOldDumpIsComparedWithOlderBackupsOnly() throws IOException {
    BackupPolicy policy =
        World.POLICY.toBuilder()
            .content(World.POLICY.content().toBuilder().greatestShrink(0.1).build())
            .build();
    byte[] small = foreignDump();
    world.database.row("public.lote", "3", "L-3").row("public.lote", "4", "L-4");
    ConitrackBackup backups = world.backups(policy);
    backups.backup(Trigger.MANUAL).orThrow();

    Instant later = Instant.now().minusMillis(1);
    assertThat(backups.planAdoption(request(small)).adoptable()).isTrue();
    assertThat(backups.planAdoption(request(small).takenAt(later)).obstacles())
        .singleElement()
        .asString()
        .contains("rows");
  }

  @Test
  void aTimeToComeIsRefused() throws IOException {
    Instant future = Instant.now().plus(Duration.ofDays(1));

    BackupOutcome outcome = world.backups().adopt(request(foreignDump()).takenAt(future));

    assertThat(failure(outcome)).hasMessageContaining("is to come");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.99})
  void aFileThatWasCutIsRefused(double part) throws IOException {
    byte[] dump = foreignDump();
    byte[] cut = Arrays.copyOf(dump, (int) (dump.length * part));

    BackupOutcome outcome = world.backups().adopt(request(cut));

    assertThat(failure(outcome).kind()).isEqualTo(ErrorKind.DAMAGED);
    assertNothingIsKept();
  }

  @Test
  void aPlainDumpWithoutItsLastLineIsRefused() throws IOException {
    byte[] whole = plainDump();
    byte[] cut = Arrays.copyOf(whole, whole.length - 30);

    assertThat(failure(world.backups().adopt(request(cut)))).hasMessageContaining("last line");
    assertNothingIsKept();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                        | it is empty
          '<!DOCTYPE html><html>404</html>'         | it is a page of HTML
          '  <html><body>denied</body></html>'      | it is a page of HTML
          '{"message": "not found"}'                | it is a piece of JSON
          'PK\u0003\u0004 and so on'                | it is a zip archive
          'PGDMP and so on'                         | it is an archive of pg_dump
          'BZh91AY&SY'                              | it is in bzip2
          '-- MySQL dump 10.13'                     | it is a dump of MySQL
          '\u00ff\u00fe-\u0000-\u0000'              | it is in UTF-16
          'SELECT 1;'                               | lacks its last line
          """)
  void whatIsNoDumpIsCalledByItsName(String text, String told) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    ConitrackBackup backups = world.backups();

    assertThat(failure(backups.adopt(request(bytes)))).hasMessageContaining(told);
    assertNothingIsKept();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DROP TABLE public.lote;                         | take it without --clean
          INSERT INTO public.lote VALUES ('9', 'L-9');    | take it without --inserts
          CREATE DATABASE otra;                           | without --create
          ALTER DATABASE otra SET a = 1;                  | without --create
          DROP DATABASE otra;                             | take it without --clean
          \\connect otra                                  | the psql command \\connect
          \\! rm -rf /                                    | the psql command \\!
          -- PostgreSQL database cluster dump             | of a whole instance
          """)
  void whatARestoreWouldNotTakeIsRefused(String line, String told) throws IOException {
    assertThat(failure(adoptWith(line + "\n"))).hasMessageContaining(told);
    assertNothingIsKept();
  }

  @Test
  void rowsAndKeysThatTheDumpHasNotAreTold() throws IOException {
    BackupOutcome outcome =
        adoptWith("CREATE TABLE public.excluded (id integer);\n" + partitioned("HASH (id)"));

    assertThat(outcome.good()).isTrue();
    assertThat(outcome.remarks())
        .anyMatch(remark -> remark.contains("without the rows of public.excluded ("))
        .anyMatch(remark -> remark.contains("no index, key or other constraint"));
  }

  @Test
  void rowsOfPartitionsThatComeThroughTheirRootAreRefused() throws IOException {
    assertThat(failure(adoptWith(partitioned("RANGE (id)"))))
        .hasMessageContaining("by way of public.root")
        .hasMessageContaining("without --load-via-partition-root");
  }

  private BackupOutcome adoptWith(String further) throws IOException {
    String dump = new String(plainDump(), StandardCharsets.UTF_8);
    int at = dump.indexOf("CREATE TABLE");
    String altered = dump.substring(0, at) + further + dump.substring(at);
    return world.backups().adopt(request(altered.getBytes(StandardCharsets.UTF_8)));
  }

  /** A table whose one partition's rows come by way of it. */
  private static String partitioned(String by) {
    return """
        CREATE TABLE public.root (id integer) PARTITION BY %s;
        CREATE TABLE public.leaf (id integer);
        ALTER TABLE ONLY public.root ATTACH PARTITION public.leaf FOR VALUES WITH (modulus 1, remainder 0);
        COPY public.root (id) FROM stdin;
        1
        \\.
        """
        .formatted(by);
  }

  @Test
  void lineEndsOfWindowsAreRefused() throws IOException {
    String dump = new String(plainDump(), StandardCharsets.UTF_8).replace("\n", "\r\n");

    BackupOutcome outcome = world.backups().adopt(request(dump.getBytes(StandardCharsets.UTF_8)));

    assertThat(failure(outcome)).hasMessageContaining("line ends");
  }

  @Test
  void aStorageThatFailsLeavesItDegraded() throws IOException {
    world.usb.add(new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION));

    BackupOutcome outcome = world.backups().adopt(request(foreignDump()));

    assertThat(outcome).isInstanceOf(BackupOutcome.Degraded.class);
    assertThat(outcome.good()).isTrue();
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> AdoptionSource.file(directory))
        .withMessageContaining("it is a directory");
    assertThatExceptionOfType(BackupException.class)
        .isThrownBy(() -> AdoptionSource.file(directory.resolve("absent")))
        .withMessageContaining("it is not there");
  }

  private void assertNothingIsKept() {
    assertThat(backupKeys(world.nas)).isEmpty();
    assertThat(backupKeys(world.usb)).isEmpty();
  }

  private static BackupException failure(BackupOutcome outcome) {
    assertThat(outcome).isInstanceOf(BackupOutcome.Failed.class);
    return ((BackupOutcome.Failed) outcome).failure();
  }

  private AdoptionRequest request(byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("latest.bin"), bytes);
    return AdoptionRequest.of(AdoptionSource.file(file)).takenAt(TAKEN);
  }

  /** The dump of an equal database, as another installation left it. */
  private static byte[] foreignDump() {
    World other = new World();
    Manifest manifest = other.backups().backup(Trigger.MANUAL).orThrow();
    return read(other.nas, manifest.dump().key());
  }

  private static byte[] plainDump() {
    World other = new World();
    Manifest manifest = other.builder().codecs().build().backup(Trigger.MANUAL).orThrow();
    return read(other.nas, manifest.dump().key());
  }
}
