package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Trigger;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What backups are called. A pattern is a {@link BackupId} in which these stand for something:
 *
 * <ul>
 *   <li>{@code {date}}: the day the run began, UTC, {@code 2026-01-06}
 *   <li>{@code {time}}: the time it began, UTC, {@code 03-00-00}
 *   <li>{@code {database}}: the database's name reduced to {@code a-z 0-9 -}
 *   <li>{@code {trigger}}: why it was taken, {@code pre-change}
 * </ul>
 *
 * <p>Names are for people: nothing is ever read back from them.
 *
 * @param pattern the pattern for triggers without one of their own
 * @param patterns patterns of single triggers
 */
public record Naming(String pattern, Map<Trigger, String> patterns) {
  /** {@code backup_2026-01-06_03-00-00} for every trigger. */
  public static final Naming DEFAULT = of("backup_{date}_{time}");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  public Naming {
    Map<Trigger, String> copy = new EnumMap<>(Trigger.class);
    copy.putAll(patterns);
    patterns = Collections.unmodifiableMap(copy);
  }

  /** One pattern for every trigger. It is validated when the policy it becomes part of is built. */
  public static Naming of(String pattern) {
    return new Naming(pattern, Map.of());
  }

  /** The same, with a pattern of its own for one trigger. */
  public Naming with(Trigger trigger, String other) {
    Map<Trigger, String> copy = new EnumMap<>(Trigger.class);
    copy.putAll(patterns);
    copy.put(trigger, other);
    return new Naming(pattern, copy);
  }

  /**
   * The name of a backup.
   *
   * @param trigger why it is taken
   * @param database the database's name
   * @param at when the run began
   * @param attempt 1 at first; if that name is taken 2, 3… which append {@code _2}, {@code _3}…
   * @throws IllegalArgumentException if {@code attempt} is less than 1, or the pattern does not
   *     give a name, which no pattern of a valid policy does
   */
  public BackupId name(Trigger trigger, String database, Instant at, int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempts are counted from 1: " + attempt);
    }
    String name =
        of(trigger)
            .replace("{date}", DATE.format(at))
            .replace("{time}", TIME.format(at))
            .replace("{database}", reduced(database))
            .replace("{trigger}", trigger.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return new BackupId(attempt == 1 ? name : name + "_" + attempt);
  }

  /** The pattern for a trigger. */
  public String of(Trigger trigger) {
    return patterns.getOrDefault(trigger, pattern);
  }

  /** Accents go, anything else that is not a letter or digit becomes a hyphen. */
  private static String reduced(String database) {
    String plain =
        Normalizer.normalize(database, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return plain.isEmpty() ? "database" : plain;
  }
}
