package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Scratch databases of drills that ended without cleaning up. Ours are told by their names and by
 * what they say of themselves, and those of living drills by their locks. One that says nothing may
 * be ours too: a crash between making and marking it leaves one. It is taken for ours only if the
 * register announced exactly that name, if that was a while ago, and if it is empty.
 */
public final class Leftovers {
  /** How every scratch database's name begins. */
  static final String PREFIX = "conitrack_drill_";

  private static final Duration MARKED_BY_THEN = Duration.ofMinutes(10);

  private final DatabaseServer server;
  private final List<RegisterEntry> entries;
  private final Instant now;

  /**
   * @param entries the register
   */
  public Leftovers(DatabaseServer server, List<RegisterEntry> entries, Instant now) {
    this.server = server;
    this.entries = entries;
    this.now = now;
  }

  /** Their names. */
  public List<String> find() {
    return server.databases().stream()
        .filter(each -> each.name().startsWith(PREFIX))
        .filter(this::isLeft)
        .map(DatabaseDescription::name)
        .toList();
  }

  /** Drops them; says what became of each. */
  List<String> drop() {
    List<String> told = new ArrayList<>();
    for (String name : find()) {
      try {
        server.drop(name);
        told.add("dropped database '" + name + "', which a drill that was interrupted had left");
      } catch (BackupException e) {
        told.add(String.valueOf(e.getMessage()));
      }
    }
    return told;
  }

  private boolean isLeft(DatabaseDescription database) {
    String comment = database.comment();
    boolean ours = comment == null ? isAnnounced(database.name()) : Scratch.isOurs(comment);
    return ours && isFree(database.name()) && (comment != null || isEmpty(database.name()));
  }

  private boolean isAnnounced(String name) {
    return entries.stream()
        .filter(entry -> entry.event() == RegisterEvent.DRILL)
        .filter(entry -> name.equals(entry.details().get(RegisterDetails.SCRATCH)))
        .anyMatch(entry -> entry.at().plus(MARKED_BY_THEN).isBefore(now));
  }

  private boolean isEmpty(String name) {
    return server.database(name).inspector().userObjects().isEmpty();
  }

  private boolean isFree(String name) {
    try {
      server.database(name).lock().acquire("a look for leftovers", Duration.ZERO).close();
      return true;
    } catch (BackupException e) {
      return false; // Locked, or not to be looked into: either way it is left alone.
    }
  }
}
