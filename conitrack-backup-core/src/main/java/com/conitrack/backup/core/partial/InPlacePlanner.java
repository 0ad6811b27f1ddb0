package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.port.ExchangeRequest;
import com.conitrack.backup.core.port.TableExchange;
import com.conitrack.backup.core.port.TableExchange.Comparison;
import com.conitrack.backup.core.port.TableSurroundings;
import com.conitrack.backup.core.production.RestorePlanner;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes plans for restores of tables in their place. */
final class InPlacePlanner {
  private static final Comparison NO_COMPARISON = new Comparison(List.of(), List.of());

  private final Setup setup;
  private final CatalogueEntry entry;
  private final List<String> patterns;
  private final @Nullable String reason;

  InPlacePlanner(
      Setup setup, CatalogueEntry entry, List<String> patterns, @Nullable String reason) {
    this.setup = setup;
    this.entry = entry;
    this.patterns = patterns;
    this.reason = reason;
  }

  /** Reads the backup, and compares it with the database in a transaction that is rolled back. */
  InPlacePlan plan(BackupReading reading, List<String> remarks) {
    DatabaseFacts facts = setup.database().inspector().inspect();
    InPlaceTables tables = new InPlaceTables(Selection.of(entry.id(), reading.tables(), patterns));
    ExchangeRequest request =
        new ExchangeRequest(tables.wanted(), false, setup.policy().dumpTimeout());
    try (TableExchange exchange = setup.database().tables().exchange(request)) {
      if (!exchange.obstacles().isEmpty()) {
        return plan(facts, NO_COMPARISON, TableSurroundings.NONE, exchange.obstacles(), remarks);
      }
      reading.load(tables.names()::contains, exchange);
      return plan(facts, exchange.compare(), exchange.surroundings(), List.of(), remarks);
    }
  }

  /** The plan to which a comparison leads. */
  InPlacePlan plan(
      DatabaseFacts facts,
      Comparison compared,
      TableSurroundings surroundings,
      List<String> forbidden,
      List<String> remarks) {
    List<String> obstacles = new ArrayList<>(forbidden);
    obstacles.addAll(compared.violations());
    addObstacles(obstacles, facts);
    List<String> all = new ArrayList<>(remarks);
    surroundings
        .views()
        .forEach(view -> all.add("materialised view " + view + " stays as it is: refresh it"));
    return new InPlacePlan(
            setup.clock().instant(),
            setup.actor(),
            reason,
            RestorePlanner.source(entry),
            facts.name(),
            facts.server(),
            facts.systemIdentifier(),
            patterns,
            compared.changes(),
            surroundings,
            setup.policy().restore().roles(RestoreKind.PARTIAL),
            obstacles,
            all,
            Sha256.OF_NOTHING)
        .digested();
  }

  private void addObstacles(List<String> obstacles, DatabaseFacts facts) {
    String of = entry.manifest().database().name();
    if (!of.equals(facts.name())) {
      obstacles.add(
          "the backup is of database '%s', not of '%s': restore its tables beside, and look"
              .formatted(of, facts.name()));
    }
    if (entry.provedCopies() == 0) {
      obstacles.add("no copy of the backup is proved: verify it first");
    }
  }
}
