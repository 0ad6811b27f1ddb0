package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.LeftOut;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from its first tokens whether a statement is one of those to be left out. */
final class LeaveOutRules {
  /** What an {@code ALTER} that may be long is about; an owner is named right after its name. */
  private static final Set<String> LONG_KINDS =
      Set.of("table", "view", "sequence", "domain", "type", "index", "foreign", "materialized");

  /** Other {@code ALTER} statements name the owner within so many tokens. */
  private static final int OWNER_WITHIN = 40;

  /** What {@code SET} takes that is no parameter's name. */
  private static final Set<String> NO_PARAMETERS =
      Set.of("session", "local", "role", "transaction", "constraints", "time", "names", "xml");

  private final LeftOut leftOut;

  LeaveOutRules(LeftOut leftOut) {
    this.leftOut = leftOut;
  }

  /**
   * What becomes of a statement.
   *
   * @param isKnown whether that can be told yet
   * @param leftOut the word for what it is, if it is left out; null if it is to pass
   */
  record Verdict(boolean isKnown, @Nullable String leftOut) {
    static final Verdict PASSES = new Verdict(true, null);
    static final Verdict OPEN = new Verdict(false, null);
  }

  /**
   * Judges it.
   *
   * @param complete whether it has ended
   */
  Verdict judge(Statement s, boolean complete) {
    if (leftOut.isNothing() || !s.has(1) || s.token(0).kind() != Token.Kind.WORD) {
      return Verdict.PASSES;
    }
    Verdict found =
        switch (Names.fold(s.token(0), null)) {
          case "grant", "revoke" -> leave(LeaveOut.PRIVILEGES);
          case "set" -> ofSet(s);
          case "reset" -> ofReset(s);
          case "comment" -> ofComment(s);
          case "create" -> s.has(2) ? ofObject(s, 1, Verdict.PASSES) : Verdict.OPEN;
          case "alter" -> s.has(3) ? ofAlter(s) : Verdict.OPEN;
          default -> Verdict.PASSES;
        };
    return complete && !found.isKnown() ? Verdict.PASSES : found;
  }

  private Verdict leave(LeaveOut part) {
    return leftOut.has(part) ? new Verdict(true, part.word()) : Verdict.PASSES;
  }

  /** Objects are made, and privileges granted, in the name of somebody else. */
  private Verdict ofAuthorization() {
    Verdict found = leave(LeaveOut.OWNERSHIP);
    return found.leftOut() == null ? leave(LeaveOut.PRIVILEGES) : found;
  }

  private Verdict ofSet(Statement s) {
    if (!s.has(3)) {
      return Verdict.OPEN;
    }
    if (s.starts("set", "session", "authorization")) {
      return ofAuthorization();
    }
    String name = SettingNames.of(s);
    return name != null && !NO_PARAMETERS.contains(name) && leftOut.settings().contains(name)
        ? new Verdict(true, "setting " + name)
        : Verdict.PASSES;
  }

  private Verdict ofReset(Statement s) {
    if (!s.has(3)) {
      return Verdict.OPEN;
    }
    return s.starts("reset", "session", "authorization") ? ofAuthorization() : Verdict.PASSES;
  }

  /** {@code COMMENT ON kind …}. */
  private Verdict ofComment(Statement s) {
    if (!s.has(4)) {
      return Verdict.OPEN;
    }
    return s.wordAt(2, "extension")
        ? leave(LeaveOut.EXTENSION_COMMENTS)
        : ofObject(s, 2, Verdict.PASSES);
  }

  private Verdict ofObject(Statement s, int kind, Verdict otherwise) {
    if (s.wordAt(kind, "event")) {
      return leave(LeaveOut.EVENT_TRIGGERS);
    }
    boolean published = s.wordAt(kind, "publication") || s.wordAt(kind, "subscription");
    return published ? leave(LeaveOut.PUBLICATIONS) : otherwise;
  }

  private Verdict ofAlter(Statement s) {
    if (s.wordAt(1, "default") && s.wordAt(2, "privileges")) {
      return leave(LeaveOut.PRIVILEGES);
    }
    Verdict asObject = ofObject(s, 1, Verdict.OPEN);
    if (asObject.leftOut() != null) {
      return asObject;
    }
    return leftOut.has(LeaveOut.OWNERSHIP) ? ofOwner(s) : Verdict.PASSES;
  }

  private Verdict ofOwner(Statement s) {
    int owner = OwnerClause.in(s);
    if (owner > 0) {
      return leave(LeaveOut.OWNERSHIP);
    }
    if (LONG_KINDS.contains(Names.fold(s.token(1), null))) {
      int next = OwnerClause.afterName(s);
      boolean other = next > 0 && s.has(next + 1) && !s.wordAt(next, "owner");
      return other ? Verdict.PASSES : Verdict.OPEN;
    }
    return s.has(OWNER_WITHIN) ? Verdict.PASSES : Verdict.OPEN;
  }
}
