package com.conitrack.backup.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDumper;
import com.conitrack.backup.core.port.DumpReport;
import com.conitrack.backup.core.port.DumpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises of {@link DatabaseDumper}. */
public abstract class DatabaseDumperContract implements DatabaseSupply {

  @Test
  final void whatTheSinkThrowsIsPassedOn() throws Exception {
    IOException full = new IOException("no space left");
    assertPassedOn(new BreakingSink(0, full, null));
    assertPassedOn(new BreakingSink(50_000, full, null));
  }

  @Test
  final void anUncheckedFailureOfTheSinkIsPassedOn() throws Exception {
    RuntimeException refused = new IllegalStateException("refused");
    assertPassedOn(new BreakingSink(50_000, null, refused));
  }

  @Test
  final void nothingIsWrittenAfterTheSinkFailed() throws Exception {
    BreakingSink sink = new BreakingSink(50_000, new IOException("no space left"), null);
    assertPassedOn(sink);
    assertThat(sink.writesAfterFailure).isZero();
  }

  @Test
  final void anInterruptedCallerIsToldSoAndStaysInterrupted() throws Exception {
    Database database = populatedDatabase();
    Thread.currentThread().interrupt();
    Throwable failure = catchThrowable(() -> Dumps.of(database));
    assertThat(Thread.interrupted()).as("interrupt flag kept").isTrue();
    assertThat(failure)
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
  }

  @Test
  final void aPatternThatMatchesNothingIsAnError() throws Exception {
    Database database = populatedDatabase();
    DumpScope scope =
        new DumpScope(List.of(), List.of(), List.of("no_such_table"), List.of(), List.of());
    assertThatThrownBy(() -> Dumps.of(database, new DumpRequest(scope, Duration.ofMinutes(5))))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  final void aDumpEndsWithTheTrailer() throws Exception {
    String dump = Dumps.withoutCommands(Dumps.of(populatedDatabase())).strip();
    assertThat(dump).startsWith("--\n-- PostgreSQL database dump\n--");
    assertThat(dump).endsWith(Dumps.TRAILER + "\n--");
  }

  @Test
  final void anEmptyDatabaseHasAWholeDumpToo() throws Exception {
    String dump = Dumps.of(emptyDatabase());
    assertThat(dump).contains(Dumps.TRAILER);
    assertThat(Dumps.rows(dump)).isEmpty();
  }

  @Test
  final void theSinkIsNeitherFlushedNorClosed() throws Exception {
    BreakingSink sink = new BreakingSink(Long.MAX_VALUE, null, null);
    populatedDatabase().dumper().dump(DumpRequest.WHOLE, sink);
    assertThat(sink.touched).as("flushed or closed").isFalse();
  }

  @Test
  final void twoDumpsOfOneStateAreEqual() throws Exception {
    Database database = populatedDatabase();
    assertThat(Dumps.withoutCommands(Dumps.of(database)))
        .isEqualTo(Dumps.withoutCommands(Dumps.of(database)));
  }

  @Test
  final void theReportNamesTheToolThatWasPromised() throws Exception {
    DatabaseDumper dumper = emptyDatabase().dumper();
    DumpReport promised = dumper.tool();
    DumpReport report = dumper.dump(DumpRequest.WHOLE, OutputStream.nullOutputStream());
    assertThat(report.tool()).isNotBlank().isEqualTo(promised.tool());
    assertThat(report.version()).isEqualTo(promised.version());
    assertThat(report.version().major()).isPositive();
    assertThat(promised.options()).isEmpty();
  }

  private void assertPassedOn(BreakingSink sink) throws Exception {
    Database database = populatedDatabase();
    Throwable thrown = catchThrowable(() -> database.dumper().dump(DumpRequest.WHOLE, sink));
    assertThat(thrown).as("failure of the dump").isNotNull();
    assertThat(causes(thrown)).contains(sink.failure());
    if (thrown != sink.failure()) {
      assertThat(thrown).isInstanceOf(DatabaseException.class);
    }
  }

  private static List<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).toList();
  }
}
