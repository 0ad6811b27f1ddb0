package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.RegisterAnchor;
import com.conitrack.backup.core.register.RegisterFinding.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One storage's register as it was found, and what is wrong with it. */
final class ChainReading {
  private final ChainReader reader;
  private final TreeMap<Long, Link> links;
  private final List<String> foreign;

  ChainReading(ChainReader reader, TreeMap<Long, Link> links, List<String> foreign) {
    this.reader = reader;
    this.links = links;
    this.foreign = foreign;
  }

  String storage() {
    return reader.storage();
  }

  /** The entries that can be relied upon, in their order. */
  List<ChainedEntry> entries() {
    return links.values().stream().map(Link::entry).filter(Objects::nonNull).toList();
  }

  /**
   * What is wrong with the chain.
   *
   * @param anchors what manifests and others have seen of it; those of other storages are ignored
   */
  List<RegisterFinding> findings(Collection<RegisterAnchor> anchors) {
    List<RegisterAnchor> own =
        anchors.stream()
            .filter(anchor -> anchor.storage().equals(storage()))
            .sorted(Comparator.comparingLong(RegisterAnchor::sequence))
            .toList();
    if (!own.isEmpty() && own.get(own.size() - 1).sequence() > last()) {
      reader.loadForward(links);
    }
    List<RegisterFinding> findings = new ArrayList<>();
    checkChain(findings);
    checkAnchors(own, findings);
    for (String key : foreign) {
      findings.add(finding(key, Kind.FOREIGN, "'" + key + "' is no register entry's name"));
    }
    return findings;
  }

  private void checkChain(List<RegisterFinding> findings) {
    Link before = null;
    for (Link link : links.values()) {
      checkGap(before == null ? 1 : before.sequence() + 1, link.sequence() - 1, findings);
      if (link.problem() != null) {
        findings.add(link.problem());
      } else if (link.entry() != null) {
        checkPrevious(before, link.entry(), findings);
      }
      before = link;
    }
  }

  private void checkGap(long first, long last, List<RegisterFinding> findings) {
    if (first <= last) {
      findings.add(
          finding(
              RegisterKeys.of(first), Kind.GAP, missing(first, last) + " though later ones exist"));
    }
  }

  private void checkPrevious(
      @Nullable Link before, ChainedEntry entry, List<RegisterFinding> findings) {
    if (entry.sequence() == 1) {
      checkBeginning(entry, findings);
    } else if (before != null
        && before.sequence() == entry.sequence() - 1
        && before.sha256() != null
        && before.problem() == null
        && !before.sha256().equals(entry.previous())) {
      findings.add(
          finding(
              before.key(),
              Kind.REPLACED,
              "'%s' is not the entry that '%s' was chained to: one of the two was replaced"
                  .formatted(before.key(), entry.key())));
    }
  }

  private void checkBeginning(ChainedEntry first, List<RegisterFinding> findings) {
    if (first.previous() != null) {
      findings.add(
          finding(
              first.key(),
              Kind.REPLACED,
              "'" + first.key() + "' is not the beginning: it follows an entry that is gone"));
    }
  }

  private void checkAnchors(List<RegisterAnchor> anchors, List<RegisterFinding> findings) {
    if (anchors.isEmpty()) {
      return;
    }
    long seen = anchors.get(anchors.size() - 1).sequence();
    if (seen > last()) {
      findings.add(
          finding(
              RegisterKeys.of(last() + 1),
              Kind.CUT_OFF,
              missing(last() + 1, seen)
                  + " at the end, though a manifest or this process saw them"));
    }
    anchors.stream()
        .filter(this::contradicts)
        .findFirst()
        .map(anchor -> RegisterKeys.of(anchor.sequence()))
        .filter(key -> findings.stream().noneMatch(f -> key.equals(f.key())))
        .ifPresent(
            key ->
                findings.add(
                    finding(
                        key,
                        Kind.REPLACED,
                        "'"
                            + key
                            + "' is not the entry that stood there when a manifest was"
                            + " written: the register was rewritten from there or before")));
  }

  private boolean contradicts(RegisterAnchor anchor) {
    Link link = links.get(anchor.sequence());
    return link != null && link.sha256() != null && !link.sha256().equals(anchor.sha256());
  }

  private long last() {
    Map.Entry<Long, Link> last = links.lastEntry();
    return last == null ? 0 : last.getKey();
  }

  private static String missing(long first, long last) {
    return first == last
        ? "'" + RegisterKeys.of(first) + "' is missing"
        : "'%s' to '%s' are missing".formatted(RegisterKeys.of(first), RegisterKeys.of(last));
  }

  private RegisterFinding finding(String key, Kind kind, String description) {
    return new RegisterFinding(storage(), key, kind, description);
  }
}
