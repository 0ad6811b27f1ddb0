package com.conitrack.backup.core.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a dump one restore does not load.
 *
 * @param parts what somebody decided to leave out
 * @param settings parameters that the dump sets and the server does not know, in lower case
 */
public record LeftOut(SortedSet<LeaveOut> parts, SortedSet<String> settings) {
  private static final String SETTING = "setting ";
  private static final String BETWEEN = ", ";

  /** Everything is loaded. */
  public static final LeftOut NOTHING = new LeftOut(new TreeSet<>(), new TreeSet<>());

  public LeftOut {
    parts = Collections.unmodifiableSortedSet(new TreeSet<>(parts));
    settings = Collections.unmodifiableSortedSet(new TreeSet<>(settings));
  }

  /** These parts, and no setting. */
  public static LeftOut of(Collection<LeaveOut> parts) {
    return new LeftOut(new TreeSet<>(parts), new TreeSet<>());
  }

  /** The same without these settings besides. */
  public LeftOut withSettings(Collection<String> unknown) {
    return new LeftOut(parts, new TreeSet<>(unknown));
  }

  /** Whether everything is loaded. */
  public boolean isNothing() {
    return parts.isEmpty() && settings.isEmpty();
  }

  /** Whether that part is not loaded. */
  public boolean has(LeaveOut part) {
    return parts.contains(part);
  }

  /**
   * What cannot be compared with the dump afterwards: what was left out and, where objects have
   * other owners, privileges, for pg_dump writes them as they differ from the owner's.
   */
  public LeftOut uncompared() {
    if (!has(LeaveOut.OWNERSHIP) || has(LeaveOut.PRIVILEGES)) {
      return this;
    }
    Set<LeaveOut> more = new TreeSet<>(parts);
    more.add(LeaveOut.PRIVILEGES);
    return of(more).withSettings(settings);
  }

  /** A word or two for each thing. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    parts.forEach(part -> words.add(part.word()));
    settings.forEach(name -> words.add(SETTING + name));
    return words;
  }

  /** The words with commas between them, as the register has them; empty for nothing. */
  public String text() {
    return String.join(BETWEEN, words());
  }

  /**
   * What became of each thing, a phrase for each.
   *
   * @param statements how many statements were left out, by the word for them
   */
  public List<String> told(Map<String, Integer> statements) {
    List<String> own = words();
    List<String> told = new ArrayList<>();
    for (String word : uncompared().words()) {
      int count = statements.getOrDefault(word, 0);
      told.add(
          own.contains(word)
              ? word
                  + ": "
                  + count
                  + (count == 1 ? " statement" : " statements")
                  + " not loaded, and not compared"
              : word + ": loaded, but not compared, as objects have another owner");
    }
    return told;
  }

  /** Reads {@link #text}; words that this version does not know are passed over. */
  public static LeftOut parse(String text) {
    Set<LeaveOut> parts = new TreeSet<>();
    Set<String> settings = new TreeSet<>();
    for (String word : text.split(BETWEEN)) {
      LeaveOut.of(word).ifPresent(parts::add);
      if (word.startsWith(SETTING)) {
        settings.add(word.substring(SETTING.length()));
      }
    }
    return of(parts).withSettings(settings);
  }
}
