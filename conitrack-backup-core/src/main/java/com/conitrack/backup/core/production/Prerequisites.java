package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import com.conitrack.backup.core.production.Prerequisite.Name;
import com.conitrack.backup.core.production.Prerequisite.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The checklist before a restore, as far as it can be filled in when the plan is made. */
final class Prerequisites {
  private static final long MEBIBYTE = 1 << 20;

  private Prerequisites() {}

  static List<Prerequisite> of(
      RestoreRules rules,
      CatalogueEntry entry,
      DatabaseFacts now,
      RestoreStrategy strategy,
      @Nullable String reason) {
    List<Prerequisite> list = new ArrayList<>();
    list.add(approval(rules.roles(RestoreKind.FULL)));
    list.add(
        reason == null || reason.isBlank()
            ? new Prerequisite(Name.REASON, State.OPEN, "say why the restore is needed")
            : new Prerequisite(Name.REASON, State.MET, reason));
    list.add(verified(entry));
    list.add(
        new Prerequisite(
            Name.SAFETY_BACKUP, State.AT_RUN, "taken and proved before anything is touched"));
    list.add(new Prerequisite(Name.DISK_SPACE, State.UNKNOWN, diskSpace(entry, now, strategy)));
    list.add(new Prerequisite(Name.ROLLBACK_PLAN, State.MET, wayBack(strategy)));
    for (Confirmation each : Confirmation.values()) {
      list.add(confirmation(each, rules.confirmations().contains(each)));
    }
    return list;
  }

  private static Prerequisite approval(List<String> roles) {
    return roles.isEmpty()
        ? new Prerequisite(Name.APPROVAL, State.MET, "the policy asks for none")
        : new Prerequisite(
            Name.APPROVAL, State.OPEN, "to be given by " + String.join(" and ", roles));
  }

  private static Prerequisite verified(CatalogueEntry entry) {
    int proved = entry.provedCopies();
    return proved > 0
        ? new Prerequisite(
            Name.BACKUP_VERIFIED,
            State.MET,
            "%d of %d copies proved, level %s"
                .formatted(
                    proved, entry.copies().size(), entry.level().name().toLowerCase(Locale.ROOT)))
        : new Prerequisite(
            Name.BACKUP_VERIFIED, State.OPEN, "no copy is proved: verify the backup first");
  }

  /** A server tells how large a database is, but not how much room its disk has. */
  private static String diskSpace(
      CatalogueEntry entry, DatabaseFacts now, RestoreStrategy strategy) {
    long then = entry.manifest().database().bytes();
    long bytes = then == 0 ? now.bytes() : then;
    return switch (strategy) {
      case SWAP ->
          room(bytes) + " more until the old database is discarded; a full disk changes nothing";
      case IN_ONE_TRANSACTION ->
          room(bytes) + " more until the transaction ends; a full disk changes nothing";
      case RECREATE ->
          room(Math.max(0, bytes - now.bytes()))
              + " more than the old database has now, which is deleted first: on a full disk there is"
              + " none until room is made";
    };
  }

  private static String room(long bytes) {
    return "look on the server's disk (df) for about "
        + Math.max(1, (bytes + MEBIBYTE - 1) / MEBIBYTE)
        + " MiB, and as much on that of its WAL up to max_wal_size,";
  }

  private static String wayBack(RestoreStrategy strategy) {
    return switch (strategy) {
      case SWAP ->
          "the old database is kept beside; 'restore rollback' puts it back within seconds";
      case IN_ONE_TRANSACTION ->
          "a failure changes nothing; afterwards, a restore of the safety backup";
      case RECREATE -> "a restore of the safety backup, and nothing else";
    };
  }

  private static Prerequisite confirmation(Confirmation what, boolean asked) {
    Name name = Name.valueOf(what.name());
    String word = what.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return asked
        ? new Prerequisite(name, State.OPEN, "to be confirmed when it runs: " + word)
        : new Prerequisite(name, State.OPTIONAL, "the policy does not ask for it");
  }
}
