package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.register.RegisterFinding.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The registers of all storages as they were found at one moment. */
public final class RegisterReading {
  private static final Comparator<RegisterEntry> BY_TIME =
      Comparator.comparing(RegisterEntry::at).thenComparing(RegisterEntry::id);

  private final List<ReadChain> chains;
  private final List<RegisterFinding> unreadable;
  private final Map<String, Held> union = new HashMap<>();
  private final List<RegisterFinding> contradictions = new ArrayList<>();

  /** One storage's chain with what was read of it. */
  record ReadChain(RegisterChain chain, ChainReading reading) {}

  /** An entry and where it was first found. */
  private record Held(String storage, ChainedEntry chained) {}

  RegisterReading(List<ReadChain> chains, List<RegisterFinding> unreadable) {
    this.chains = List.copyOf(chains);
    this.unreadable = List.copyOf(unreadable);
    for (ReadChain chain : chains) {
      chain.reading.entries().forEach(entry -> unite(chain.chain.name(), entry));
    }
  }

  private void unite(String storage, ChainedEntry entry) {
    Held held = union.putIfAbsent(entry.entry().id(), new Held(storage, entry));
    if (held != null && !held.chained.entry().equals(entry.entry())) {
      contradictions.add(
          new RegisterFinding(
              storage,
              entry.key(),
              Kind.CONTRADICTION,
              "'%s' says something else than '%s' of storage '%s' about the same happening, '%s'"
                  .formatted(entry.key(), held.chained.key(), held.storage, entry.entry().id())));
    }
  }

  /**
   * All entries that can be relied upon, each once, ordered by time, then id. Where storages
   * contradict each other, the first one's word is given.
   */
  public List<RegisterEntry> entries() {
    return union.values().stream().map(held -> held.chained.entry()).sorted(BY_TIME).toList();
  }

  /** Whether no storage's register could be read. */
  boolean nothingRead() {
    return chains.isEmpty();
  }

  /** Whether every storage's register could be listed. */
  public boolean whole() {
    return unreadable.isEmpty();
  }

  /**
   * What is wrong, storage by storage.
   *
   * @param anchors what manifests have seen of the registers
   */
  public List<RegisterFinding> findings(Collection<RegisterAnchor> anchors) {
    List<RegisterFinding> findings = new ArrayList<>(unreadable);
    chains.forEach(read -> findings.addAll(read.chain.findings(read.reading, anchors)));
    findings.addAll(contradictions);
    chains.forEach(read -> addLacking(read, findings));
    return findings;
  }

  /** The entries, ordered by time, that a storage's register lacks; only where it lacks some. */
  Map<RegisterChain, List<RegisterEntry>> lacking() {
    Map<RegisterChain, List<RegisterEntry>> lacking = new LinkedHashMap<>();
    for (ReadChain read : chains) {
      List<RegisterEntry> entries =
          lacking(read).stream().map(held -> held.chained.entry()).toList();
      if (!entries.isEmpty()) {
        lacking.put(read.chain, entries);
      }
    }
    return lacking;
  }

  private List<Held> lacking(ReadChain read) {
    Set<String> there =
        read.reading.entries().stream().map(e -> e.entry().id()).collect(Collectors.toSet());
    return union.values().stream()
        .filter(held -> !there.contains(held.chained.entry().id()))
        .sorted(Comparator.comparing(held -> held.chained.entry(), BY_TIME))
        .toList();
  }

  private void addLacking(ReadChain read, List<RegisterFinding> findings) {
    List<Held> lacking = lacking(read);
    if (lacking.isEmpty()) {
      return;
    }
    Held first = lacking.get(0);
    findings.add(
        new RegisterFinding(
            read.chain.name(),
            null,
            Kind.INCOMPLETE,
            "lacks %d entries of storage '%s', the first '%s' of %s: it was down then or not yet in use, or entries were removed"
                .formatted(
                    lacking.size(),
                    first.storage,
                    first.chained.key(),
                    first.chained.entry().at())));
  }
}
