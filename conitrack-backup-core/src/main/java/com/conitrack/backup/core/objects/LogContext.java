package com.conitrack.backup.core.objects;

import com.conitrack.backup.core.model.BackupId;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Which backup log lines are about: its name stands in the logging library's mapped diagnostic
 * context under {@link #BACKUP_ID} while a thread works for it, and no longer.
 */
public final class LogContext {
  /** The key. */
  public static final String BACKUP_ID = "conitrack.backup.id";

  private LogContext() {}

  /** Does work whose log lines are about a backup. */
  public static <T> T about(BackupId id, Supplier<T> work) {
    String before = MDC.get(BACKUP_ID);
    put(id.value());
    try {
      return work.get();
    } finally {
      put(before);
    }
  }

  /** Within {@link #about}: the backup has got another name. */
  public static void renamed(BackupId id) {
    put(id.value());
  }

  /** Work whose log lines, on whatever thread it runs, are about what this thread's are. */
  public static Runnable carried(Runnable work) {
    String id = MDC.get(BACKUP_ID);
    return () -> {
      String before = MDC.get(BACKUP_ID);
      put(id);
      try {
        work.run();
      } finally {
        put(before);
      }
    };
  }

  /** As {@link #carried(Runnable)}. */
  public static <T> Callable<T> carriedCall(Callable<T> work) {
    String id = MDC.get(BACKUP_ID);
    return () -> {
      String before = MDC.get(BACKUP_ID);
      put(id);
      try {
        return work.call();
      } finally {
        put(before);
      }
    };
  }

  private static void put(@Nullable String id) {
    if (id == null) {
      MDC.remove(BACKUP_ID);
    } else {
      MDC.put(BACKUP_ID, id);
    }
  }
}
