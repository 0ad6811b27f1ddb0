package com.conitrack.backup.flyway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate as a callback. A proxy, for the interface's methods moved to another one in Flyway 11.14
 * and a class compiled against either side of that breaks on the other.
 */
final class GateCallback implements InvocationHandler {
  private static final Logger LOG = LoggerFactory.getLogger(GateCallback.class);
  static final String NAME = "conitrack-backup";

  private final MigrationGate gate;
  private final boolean oneRun;
  private volatile Optional<WayBack> wayBack = Optional.empty();
  private volatile boolean installing;

  GateCallback(MigrationGate gate) {
    this(gate, false);
  }

  private GateCallback(MigrationGate gate, boolean oneRun) {
    this.gate = gate;
    this.oneRun = oneRun;
  }

  /**
   * For one run of several Flyways on one database: the first that has something pending needs the
   * backup, which then stands for all, and where the first finds the database empty all install.
   */
  static GateCallback ofOneRun(MigrationGate gate) {
    return new GateCallback(gate, true);
  }

  Callback asCallback() {
    return (Callback)
        Proxy.newProxyInstance(
            Callback.class.getClassLoader(), new Class<?>[] {Callback.class}, this);
  }

  /** The same Flyway with this callback, which its copies have as well. */
  Flyway before(Flyway flyway) {
    Configuration configuration = flyway.getConfiguration();
    List<Callback> callbacks = new ArrayList<>(List.of(configuration.getCallbacks()));
    callbacks.add(asCallback());
    return Flyway.configure(configuration.getClassLoader())
        .configuration(configuration)
        .callbacks(callbacks.toArray(Callback[]::new))
        .load();
  }

  Optional<WayBack> wayBack() {
    return wayBack;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    Object[] given = arguments == null ? new Object[0] : arguments;
    return switch (method.getName()) {
      case "supports" -> handles(given[0]);
      case "canHandleInTransaction" -> true;
      case "getCallbackName", "toString" -> NAME;
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == given[0];
      case "handle" -> {
        handle((Event) given[0], (Context) given[1]);
        yield null;
      }
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  static boolean handles(Object event) {
    return event == Event.BEFORE_MIGRATE || event == Event.AFTER_MIGRATE_ERROR;
  }

  void handle(Event event, Context context) {
    if (event == Event.BEFORE_MIGRATE) {
      prepare(context.getConfiguration());
    } else {
      wayBack.ifPresent(way -> LOG.error("{}", MigrationFailedException.remedy(way)));
    }
  }

  private void prepare(Configuration configuration) {
    if (oneRun) {
      if (installing || wayBack.isPresent()) {
        return;
      }
      installing = MigratedDatabase.of(configuration).empty();
    }
    wayBack = gate.prepare(withoutCallbacks(configuration));
  }

  private static Flyway withoutCallbacks(Configuration configuration) {
    return Flyway.configure(configuration.getClassLoader())
        .configuration(configuration)
        .callbacks(new Callback[0])
        .load();
  }
}
