package com.conitrack.backup.core.production;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.DatabaseInspector;
import com.conitrack.backup.core.port.LoadPlace;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans restores: compares the backup with what the database holds, and looks for everything that
 * stands in the way. Changes nothing, but for an empty database that it makes and drops at once to
 * learn whether that is permitted.
 */
public final class RestorePlanner {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Plans restores of the database in {@code setup}. */
  public RestorePlanner(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * The plan for a restore.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is no such backup; others if the
   *     database cannot be looked at
   */
  public RestorePlan plan(RestoreRequest request) {
    Catalogue catalogue = catalogueReader.read();
    CatalogueEntry entry = require(catalogue, request);
    DatabaseFacts facts = setup.database().inspector().inspect();
    List<String> remarks = new ArrayList<>();
    LiveComparison.Result compared =
        new LiveComparison(setup, new Restorer(setup, register), entry, remarks).compare();
    StrategyChoice choice = StrategyChoice.of(setup, facts.name(), request.strategy());
    Collection<LeaveOut> leaveOut =
        new TreeSet<>(
            Objects.requireNonNullElse(request.leaveOut(), setup.policy().restore().leaveOut()));
    LeftOut leftOut = Restorer.leaving(leaveOut, entry, setup.database());
    leftOut
        .settings()
        .forEach(
            name ->
                remarks.add(
                    "the dump sets '"
                        + name
                        + "', which this server does not know: it is left out"));
    RestoreEstimate estimate =
        new Estimator(catalogue, register.entries(), setup.policy().rto()).estimate(entry);
    LoadEvidence evidence = new LoadEvidence(choice.strategy(), entry, register.entries());
    evidence.warning().ifPresent(remarks::add);
    List<String> obstacles = obstacles(entry, facts, choice, leftOut);
    evidence.obstacle().ifPresent(obstacles::add);
    RestorePlan.Source source = source(entry);
    RestorePlan.Target target = target(facts, compared.now());
    return new RestorePlan(
        setup.clock().instant(),
        setup.actor(),
        RestoreKind.FULL,
        request.reason(),
        source,
        target,
        choice.strategy(),
        choice.reason(),
        List.copyOf(leaveOut),
        compared.loss(),
        estimate,
        Prerequisites.of(
            setup.policy().restore(), entry, facts, choice.strategy(), request.reason()),
        obstacles,
        remarks,
        RestorePlan.digestOf(RestoreKind.FULL, source, target, choice.strategy(), leaveOut));
  }

  /** What the server lacks, and the user's rights. */
  static List<String> missing(
      Setup setup,
      CatalogueEntry entry,
      String database,
      RestoreStrategy strategy,
      LeftOut leftOut) {
    List<String> missing = new ArrayList<>();
    DatabaseInspector inspector = setup.database().inspector();
    boolean here = strategy == RestoreStrategy.IN_ONE_TRANSACTION;
    missing.addAll(
        here
            ? setup.database().restorer().clearingObstacles()
            : setup.database().server().swapObstacles(database));
    missing.addAll(
        inspector.missing(
            entry.manifest().requirements().without(leftOut),
            here ? LoadPlace.THIS_DATABASE : LoadPlace.NEW_DATABASE));
    return missing;
  }

  /** Where something was found wrong, that is what matters: verifying again may not find it. */
  static String unproved(CatalogueEntry entry) {
    String found =
        entry.copies().stream()
            .filter(copy -> copy.problem() != null)
            .map(copy -> "storage '" + copy.storage() + "': " + copy.problem())
            .collect(Collectors.joining("; "));
    return found.isEmpty()
        ? "no copy of the backup is proved: verify it first"
        : "no copy of the backup is proved (" + found + "): choose another backup, or take one";
  }

  private static CatalogueEntry require(Catalogue catalogue, RestoreRequest request) {
    return catalogue
        .find(request.backup())
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorKind.NOT_FOUND,
                    "unable to find backup '" + request.backup() + "'",
                    "the storages hold no manifest of that name",
                    "list the catalogue for the names there are"));
  }

  /** A backup as plans tell of it. */
  public static RestorePlan.Source source(CatalogueEntry entry) {
    Manifest manifest = entry.manifest();
    Optional<CopyState> copy =
        entry.copies().stream()
            .filter(CopyState::proved)
            .max(Comparator.comparing(CopyState::level));
    return new RestorePlan.Source(
        entry.id(),
        manifest.run(),
        manifest.startedAt(),
        entry.manifestSha256(),
        copy.map(CopyState::storage).orElse(null),
        copy.map(CopyState::level).orElse(VerificationLevel.NONE),
        copy.map(CopyState::verifiedAt).orElse(null),
        manifest.dump().plain().bytes(),
        manifest.contents().tables().size(),
        manifest.contents().rows());
  }

  private static RestorePlan.Target target(DatabaseFacts facts, Fingerprint now) {
    return new RestorePlan.Target(
        facts.name(),
        facts.server(),
        facts.systemIdentifier(),
        facts.version().text(),
        facts.bytes(),
        now.tables().size(),
        now.rows());
  }

  private List<String> obstacles(
      CatalogueEntry entry, DatabaseFacts facts, StrategyChoice choice, LeftOut leftOut) {
    List<String> obstacles = new ArrayList<>();
    Manifest manifest = entry.manifest();
    if (!manifest.database().name().equals(facts.name())) {
      obstacles.add(
          "the backup is of database '%s', not of '%s': restore it beside with 'restore-to', and look"
              .formatted(manifest.database().name(), facts.name()));
    }
    if (!manifest.scope().isWhole()) {
      obstacles.add(
          "the backup holds only a part of its database, so a restore would lose the rest: choose one"
              + " of the whole database");
    }
    if (entry.provedCopies() == 0) {
      obstacles.add(unproved(entry));
    }
    obstacles.addAll(missing(setup, entry, facts.name(), choice.strategy(), leftOut));
    if (choice.obstacle() != null) {
      obstacles.add(choice.obstacle());
    }
    return obstacles;
  }
}
