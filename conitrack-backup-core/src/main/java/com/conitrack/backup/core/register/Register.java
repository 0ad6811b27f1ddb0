package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.Concurrently;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.register.RegisterFinding.Kind;
import com.conitrack.backup.core.register.RegisterReading.ReadChain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The register of a backup's storages together. Each storage keeps a chain of its own, so that none
 * depends on another; an entry goes to all of them under one id, and reading unites them. Safe for
 * use by many threads.
 */
public final class Register {
  private static final Logger LOG = LoggerFactory.getLogger(Register.class);

  private final List<RegisterChain> chains;

  /** The register in {@code storages}, at least one. Does no I/O. */
  public Register(List<BackupStorage> storages) {
    this(storages, Immutability.NONE);
  }

  /**
   * The register in {@code storages}, at least one, whose entries they protect from deletion as far
   * as {@code immutability} asks for it. Does no I/O.
   */
  public Register(List<BackupStorage> storages, Immutability immutability) {
    if (storages.isEmpty()) {
      throw new IllegalArgumentException("a register needs a storage");
    }
    this.chains =
        storages.stream().map(storage -> new RegisterChain(storage, immutability)).toList();
  }

  /**
   * Appends an entry to the register of every storage.
   *
   * @return where it stands, and which storages did not take it
   * @throws BackupException if no storage took it: what the first one said, the others suppressed
   */
  public Appended append(RegisterEntry entry) {
    List<RegisterAnchor> anchors = new ArrayList<>();
    List<BackupException> failures = new ArrayList<>();
    for (RegisterChain chain : chains) {
      try {
        anchors.add(chain.append(entry));
      } catch (BackupException e) {
        LOG.warn("storage '{}' did not take a register entry: {}", chain.name(), e.getMessage());
        failures.add(e);
      }
    }
    if (anchors.isEmpty()) {
      BackupException first = failures.remove(0);
      failures.forEach(first::addSuppressed);
      throw first;
    }
    return new Appended(
        anchors, failures.stream().map(failure -> String.valueOf(failure.getMessage())).toList());
  }

  /** Where each storage's register stands. One that is empty or cannot be read is left out. */
  public List<RegisterAnchor> heads() {
    return Concurrently.map(chains, Register::headIfReadable).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<RegisterAnchor> headIfReadable(RegisterChain chain) {
    try {
      return chain.head();
    } catch (StorageException e) {
      LOG.warn("the register of storage '{}' cannot be read: {}", chain.name(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Reads the registers of all storages; what cannot be read is told in the findings. */
  public RegisterReading read() {
    List<RegisterFinding> unreadable = Collections.synchronizedList(new ArrayList<>());
    List<ReadChain> read =
        Concurrently.map(chains, chain -> readOrTell(chain, unreadable)).stream()
            .flatMap(Optional::stream)
            .toList();
    return new RegisterReading(read, unreadable);
  }

  private static Optional<ReadChain> readOrTell(
      RegisterChain chain, List<RegisterFinding> unreadable) {
    try {
      return Optional.of(new ReadChain(chain, chain.reading()));
    } catch (StorageException e) {
      unreadable.add(
          new RegisterFinding(
              chain.name(), null, Kind.UNREADABLE, "could not be read: " + e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * The entries of all storages that can be relied upon, each once, ordered by time, then id.
   *
   * @throws BackupException kind {@code IO} if no storage's register could be read
   */
  public List<RegisterEntry> entries() {
    RegisterReading reading = read();
    if (reading.nothingRead()) {
      throw new BackupException(
          ErrorKind.IO,
          "unable to read the register",
          String.join("; ", reading.findings(List.of()).stream().map(Object::toString).toList()),
          "mend the storages' failures, then try again");
    }
    return reading.entries();
  }

  /**
   * Appends to every storage's register what only others hold, because it was down or not in use
   * when that happened: under the same ids, so that it is known as the same. Nothing is appended
   * while any register is damaged.
   *
   * @param manifests backups, whose anchors pin the registers from outside
   * @param entries makes an entry that happens now
   * @return what was appended where, or why nothing was, in words
   */
  public List<String> makeUp(Collection<Manifest> manifests, EntryMaker entries) {
    RegisterReading reading = read();
    var anchors = manifests.stream().flatMap(m -> m.anchors().stream()).toList();
    if (reading.findings(anchors).stream().anyMatch(RegisterFinding::isError)) {
      return reading.lacking().isEmpty()
          ? List.of()
          : List.of("registers were not made up while one of them is damaged: verify the register");
    }
    List<String> told = new ArrayList<>();
    reading.lacking().forEach((chain, lacking) -> told.add(makeUp(chain, lacking, entries)));
    return told;
  }

  private String makeUp(RegisterChain chain, List<RegisterEntry> lacking, EntryMaker entries) {
    try {
      lacking.forEach(chain::append);
    } catch (BackupException e) {
      return String.valueOf(e.getMessage());
    }
    String told = lacking.size() + " entries that only other storages held were added";
    append(
        entries.make(
            RegisterEvent.REPLICATION,
            "MADE_UP",
            null,
            chain.name(),
            Map.of(RegisterDetails.REASON, told)));
    return "register of storage '" + chain.name() + "': " + told;
  }

  /** Makes an entry about something that happens now. */
  @FunctionalInterface
  public interface EntryMaker {
    /** As the components of {@link RegisterEntry}; id, time and actor are the maker's. */
    RegisterEntry make(
        RegisterEvent event,
        String outcome,
        @Nullable BackupId backup,
        @Nullable String storage,
        Map<String, String> details);
  }

  /**
   * Reads every entry in every storage and tells what is wrong; empty if nothing is.
   *
   * @param manifests backups, whose anchors pin the registers from outside
   */
  public List<RegisterFinding> verify(Collection<Manifest> manifests) {
    return read().findings(manifests.stream().flatMap(m -> m.anchors().stream()).toList());
  }
}
