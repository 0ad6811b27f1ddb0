package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.catalogue.History.Proof;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.Catalogue.Problem;
import com.conitrack.backup.core.model.Catalogue.Weight;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.register.RegisterFinding;
import com.conitrack.backup.core.register.RegisterReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts together what was read. Used once. */
final class CatalogueAssembly {
  private final List<Listing> listings;
  private final RegisterReading reading;
  private final History history;
  private final List<Problem> problems = new ArrayList<>();

  CatalogueAssembly(List<Listing> listings, RegisterReading reading) {
    this.listings = listings;
    this.reading = reading;
    this.history = new History(reading.entries());
  }

  Catalogue assemble(List<FoundManifest> found) {
    listings.forEach(this::tellUnlisted);
    Map<String, List<FoundManifest>> byKey =
        found.stream()
            .collect(Collectors.groupingBy(FoundManifest::key, TreeMap::new, Collectors.toList()));
    List<CatalogueEntry> entries = new ArrayList<>();
    byKey.values().forEach(same -> choose(same).ifPresent(one -> entries.add(entry(one))));
    tellOfRegister(entries);
    listings.forEach(listing -> tellLonelyDumps(listing, byKey));
    tellVanished(byKey);
    boolean whole = listings.stream().allMatch(listing -> listing.failure() == null);
    return new Catalogue(entries, problems, whole && reading.whole());
  }

  private void tellUnlisted(Listing listing) {
    StorageException failure = listing.failure();
    if (failure != null) {
      tell(listing.name(), null, "could not be listed: " + failure.getMessage(), Weight.BLOCKS);
    }
  }

  private void tellOfRegister(List<CatalogueEntry> entries) {
    var anchors = entries.stream().flatMap(e -> e.manifest().anchors().stream()).toList();
    for (RegisterFinding finding : reading.findings(anchors)) {
      if (finding.isError()) {
        tell(finding.storage(), finding.key(), "register: " + finding.description(), Weight.BLOCKS);
      }
    }
  }

  /**
   * The manifest to go by among those of one key: the one the register has seen, else the first.
   */
  private Optional<FoundManifest> choose(List<FoundManifest> same) {
    for (FoundManifest found : same) {
      if (found.problem() != null) {
        tell(
            found.storage(),
            found.key(),
            "'" + found.key() + "' " + found.problem(),
            Weight.BLOCKS);
      }
    }
    List<FoundManifest> readable = same.stream().filter(f -> f.manifest() != null).toList();
    Optional<Sha256> recorded = recordedDigest(readable);
    Optional<FoundManifest> chosen =
        readable.stream()
            .filter(f -> recorded.isEmpty() || recorded.get().equals(f.sha256()))
            .findFirst()
            .or(() -> readable.stream().findFirst());
    readable.forEach(f -> tellIfAltered(f, recorded, chosen.orElse(f)));
    return chosen;
  }

  private Optional<Sha256> recordedDigest(List<FoundManifest> readable) {
    return readable.stream()
        .map(FoundManifest::manifest)
        .filter(Objects::nonNull)
        .findFirst()
        .flatMap(manifest -> history.takenAt(manifest.dump().key()))
        .map(entry -> entry.details().get(RegisterDetails.MANIFEST_SHA256))
        .filter(hex -> hex.matches("[0-9a-f]{64}"))
        .map(Sha256::new);
  }

  private void tellIfAltered(FoundManifest found, Optional<Sha256> recorded, FoundManifest chosen) {
    if (recorded.isPresent() && !recorded.get().equals(found.sha256())) {
      tell(
          found.storage(),
          found.key(),
          "'" + found.key() + "' was altered: it is not the manifest that the register recorded",
          Weight.BLOCKS);
    } else if (!Objects.equals(found.sha256(), chosen.sha256())) {
      tell(
          found.storage(),
          found.key(),
          "'" + found.key() + "' differs from the one in storage '" + chosen.storage() + "'",
          Weight.BLOCKS);
    }
  }

  private CatalogueEntry entry(FoundManifest found) {
    Manifest manifest = Objects.requireNonNull(found.manifest());
    List<CopyState> copies = listings.stream().map(listing -> copy(manifest, listing)).toList();
    return new CatalogueEntry(
        manifest, Objects.requireNonNull(found.sha256()), copies, history.hold(manifest.id()));
  }

  private CopyState copy(Manifest manifest, Listing listing) {
    Proof proof = history.proof(manifest, listing.name());
    String absence = absence(manifest, listing);
    if (absence == null) {
      return new CopyState(
          listing.name(),
          true,
          proof.level(),
          proof.at(),
          proof.problem(),
          history.lockedUntil(manifest, listing.name()),
          null);
    }
    if (proof.removal() != null && listing.holdsNothingOf(manifest)) {
      return new CopyState(
          listing.name(), false, VerificationLevel.NONE, null, null, null, proof.removal());
    }
    boolean wasThere =
        proof.level().atLeast(VerificationLevel.STORED) || wasMade(manifest, listing.name());
    if (listing.failure() == null && wasThere) {
      tell(listing.name(), manifest.dump().key(), absence, Weight.FINDING);
    }
    String problem = proof.problem();
    return new CopyState(
        listing.name(), false, VerificationLevel.NONE, null, problem != null ? problem : absence);
  }

  private static boolean wasMade(Manifest manifest, String storage) {
    return manifest.copies().stream()
        .anyMatch(copy -> copy.storage().equals(storage) && copy.problem() == null);
  }

  /** Why a copy does not count as being there; null if it does. */
  private static @Nullable String absence(Manifest manifest, Listing listing) {
    if (listing.failure() != null) {
      return "the storage could not be listed";
    }
    String key = manifest.dump().key();
    StoredObject dump = listing.objects().get(key);
    if (dump == null) {
      return "'" + key + "' is missing";
    }
    long recorded = manifest.dump().stored().bytes();
    if (dump.bytes() != recorded) {
      return "'" + key + "' has " + dump.bytes() + " bytes instead of " + recorded;
    }
    return listing.objects().containsKey(manifest.key())
        ? null
        : "'" + key + "' lies there without its manifest";
  }

  private void tellLonelyDumps(Listing listing, Map<String, List<FoundManifest>> byKey) {
    for (String key : listing.lonelyDumps()) {
      if (byKey.containsKey(Manifest.keyOf(key))) {
        continue;
      }
      if (history.takenAt(key).isPresent()) {
        tell(
            listing.name(),
            key,
            "the manifest of '" + key + "' was deleted: the register knows the backup",
            Weight.BLOCKS);
      } else if (!listing.hasPendingRun()) {
        tell(
            listing.name(),
            key,
            "'" + key + "' has no manifest: another tool made it; it is left alone",
            Weight.NOTE);
      }
    }
  }

  private void tellVanished(Map<String, List<FoundManifest>> byKey) {
    for (RegisterEntry taken : history.taken()) {
      String key = taken.details().getOrDefault(RegisterDetails.KEY, "");
      boolean anywhere =
          byKey.containsKey(Manifest.keyOf(key))
              || listings.stream()
                  .anyMatch(l -> l.failure() != null || l.objects().containsKey(key));
      if (!anywhere) {
        tell(
            listings.stream().map(Listing::name).collect(Collectors.joining(", ")),
            key,
            "'" + key + "' and its manifest are gone, though the register knows of no deletion",
            Weight.FINDING);
      }
    }
  }

  private void tell(String storage, @Nullable String key, String description, Weight weight) {
    problems.add(new Problem(storage, key, description, weight));
  }
}
