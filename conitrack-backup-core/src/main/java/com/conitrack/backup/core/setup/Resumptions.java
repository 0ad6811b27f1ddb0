package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What became of the readings of one backup: tells listeners of each that was resumed, and sums
 * them up for people. Safe for use by many threads.
 */
public final class Resumptions implements Consumer<Resumption> {
  private final Events events;
  private final BackupId backup;
  private final Map<String, List<Resumption>> byStorage = new TreeMap<>();

  /** Of that backup; nothing has been read yet. */
  public Resumptions(Events events, BackupId backup) {
    this.events = events;
    this.backup = backup;
  }

  /** The same storage, which from now on tells of the readings it has to resume. */
  public BackupStorage listenTo(BackupStorage storage) {
    return ResumingStorage.telling(storage, this);
  }

  @Override
  public void accept(Resumption resumption) {
    synchronized (this) {
      byStorage.computeIfAbsent(resumption.storage(), name -> new ArrayList<>()).add(resumption);
    }
    events.tell(
        new BackupEvent.ReadResumed(
            backup, resumption.storage(), resumption.at(), resumption.reason()));
  }

  /** One sentence for each storage whose readings broke off; none if none did. */
  public synchronized List<String> remarks() {
    return byStorage.values().stream().map(Resumptions::remark).toList();
  }

  private static String remark(List<Resumption> those) {
    Resumption last = those.get(those.size() - 1);
    return "reading '%s' from storage '%s' broke off and was resumed %s, last at byte %d: %s"
        .formatted(
            last.key(),
            last.storage(),
            those.size() == 1 ? "once" : those.size() + " times",
            last.at(),
            last.reason());
  }
}
