package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.SwapReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server in memory with any number of databases, for tests. An {@link InMemoryDatabase} of it is
 * whatever bears the name when it is used, as with a real server. Safe for use by many threads.
 */
public final class InMemoryServer implements DatabaseServer {
  private static final String OWNER = "memory";

  private final SortedMap<String, MemoryState> states = new TreeMap<>();
  private Consumer<InMemoryDatabase> onCreate = database -> {};
  private @Nullable DatabaseException fault;

  /** Is given every database made from now on, before whoever made it gets to work with it. */
  public synchronized InMemoryServer onCreate(Consumer<InMemoryDatabase> hook) {
    onCreate = hook;
    return this;
  }

  /** Makes the next creation, deletion, comment or swap fail, with nothing done. */
  public synchronized InMemoryServer failNext(DatabaseException failure) {
    fault = failure;
    return this;
  }

  @Override
  public synchronized List<DatabaseDescription> databases() {
    List<DatabaseDescription> found = new ArrayList<>();
    states.forEach(
        (name, state) -> {
          long bytes = MemoryInspector.bytes(state.contents());
          found.add(new DatabaseDescription(name, OWNER, state.comment(), bytes));
        });
    return found;
  }

  @Override
  public InMemoryDatabase database(String name) {
    return new InMemoryDatabase(this, name);
  }

  @Override
  public void create(NewDatabase database) {
    Consumer<InMemoryDatabase> hook = add(database);
    hook.accept(database(database.name()));
  }

  private synchronized Consumer<InMemoryDatabase> add(NewDatabase database) {
    String what = "unable to create database '" + database.name() + "'";
    throwFault();
    requireFree(database.name(), what);
    if (database.form() instanceof NewDatabase.Form.Like like) {
      require(like.database(), what);
    }
    MemoryState state = new MemoryState();
    state.comment(database.comment());
    states.put(database.name(), state);
    return onCreate;
  }

  @Override
  public synchronized void comment(String name, String text) {
    throwFault();
    require(name, "unable to comment on database '" + name + "'").comment(text);
  }

  @Override
  public synchronized boolean drop(String name) {
    throwFault();
    MemoryState dropped = states.remove(name);
    if (dropped == null) {
      return false;
    }
    dropped.lock().breakOpen();
    return true;
  }

  @Override
  public synchronized SwapReport swap(DatabaseSwap swap) {
    String what =
        "unable to put database '%s' into the place of '%s'".formatted(swap.fresh(), swap.live());
    throwFault();
    MemoryState live = require(swap.live(), what);
    MemoryState fresh = require(swap.fresh(), what);
    requireFree(swap.aside(), what);
    if (swap.carrySettings()) {
      fresh.comment(live.comment());
    }
    int ended = (live.lock().breakOpen() ? 1 : 0) + (fresh.lock().breakOpen() ? 1 : 0);
    states.remove(swap.fresh());
    states.put(swap.aside(), live);
    states.put(swap.live(), fresh);
    return new SwapReport(Duration.ZERO, ended, List.of());
  }

  /** The database of that name, made if it is not there. */
  synchronized void addIfMissing(String name) {
    states.computeIfAbsent(name, any -> new MemoryState());
  }

  synchronized MemoryState require(String name, String what) {
    MemoryState state = states.get(name);
    if (state == null) {
      throw new DatabaseException(
          ErrorKind.NOT_FOUND,
          what,
          "there is no database '" + name + "'",
          "check the database's name, or create it first");
    }
    return state;
  }

  private void requireFree(String name, String what) {
    if (states.containsKey(name)) {
      throw new DatabaseException(
          ErrorKind.ALREADY_EXISTS,
          what,
          "there is already a database '" + name + "'",
          "choose another name, or drop that database");
    }
  }

  private void throwFault() {
    DatabaseException failure = fault;
    fault = null;
    if (failure != null) {
      throw failure;
    }
  }
}
