package com.conitrack.backup.spring;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.production.AnnexIndex;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.spring.properties.ByteSize;
import com.conitrack.backup.spring.properties.TimeSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What a native image has to keep: what is read and written as JSON, and what is looked up by name.
 */
final class BackupRuntimeHints implements RuntimeHintsRegistrar {
  /** Those that tell where they connect to; see {@code PostgresConnection.of(DataSource)}. */
  private static final List<String> DATA_SOURCES =
      List.of(
          "com.zaxxer.hikari.HikariDataSource",
          "org.apache.commons.dbcp2.BasicDataSource",
          "org.apache.tomcat.jdbc.pool.DataSource",
          "org.postgresql.ds.PGSimpleDataSource",
          "org.springframework.jdbc.datasource.DriverManagerDataSource",
          "org.springframework.jdbc.datasource.DelegatingDataSource");

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
    ReflectionHints reflection = hints.reflection();
    new BindingReflectionHintsRegistrar()
        .registerReflectionHints(
            reflection, Manifest.class, RestorePlan.class, AnnexIndex.class, Approval.class);
    // Settings that are made from a text.
    for (Class<?> type : List.of(TimeSpan.class, ByteSize.class)) {
      reflection.registerType(
          type, MemberCategory.INVOKE_PUBLIC_METHODS, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
    }
    for (String dataSource : DATA_SOURCES) {
      reflection.registerTypeIfPresent(
          classLoader, dataSource, MemberCategory.INVOKE_PUBLIC_METHODS);
    }
    hints.resources().registerResourceBundle("com.cronutils.CronUtilsI18N");
    hints.proxies().registerJdkProxy(TypeReference.of("org.flywaydb.core.api.callback.Callback"));
  }
}
