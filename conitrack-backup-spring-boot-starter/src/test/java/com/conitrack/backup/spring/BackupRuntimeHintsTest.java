package com.conitrack.backup.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.production.AnnexIndex;
import com.conitrack.backup.core.production.RestorePlan;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.callback.Callback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

class BackupRuntimeHintsTest {
  private final RuntimeHints hints = new RuntimeHints();

  @BeforeEach
  void asSpringFindsThem() {
    List<RuntimeHintsRegistrar> registrars =
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
            .load(RuntimeHintsRegistrar.class);
    assertThat(registrars).hasAtLeastOneElementOfType(BackupRuntimeHints.class);
    registrars.stream()
        .filter(BackupRuntimeHints.class::isInstance)
        .forEach(registrar -> registrar.registerHints(hints, getClass().getClassLoader()));
  }

  @Test
  void keepAllRecordsThatAreReadAndWrittenAsJson() throws Exception {
    Set<Class<?>> records = new LinkedHashSet<>();
    collect(Manifest.class, records);
    collect(RestorePlan.class, records);
    collect(AnnexIndex.class, records);
    collect(Approval.class, records);
    assertThat(records).hasSizeGreaterThan(20);

    for (Class<?> type : records) {
      assertThat(RuntimeHintsPredicates.reflection().onType(type))
          .as(type.getName())
          .accepts(hints);
      for (RecordComponent component : type.getRecordComponents()) {
        assertThat(RuntimeHintsPredicates.reflection().onMethod(component.getAccessor()).invoke())
            .as(type.getName() + "." + component.getName())
            .accepts(hints);
      }
      assertThat(
              RuntimeHintsPredicates.reflection()
                  .onConstructor(type.getDeclaredConstructors()[0])
                  .invoke())
          .as("constructor of " + type.getName())
          .accepts(hints);
    }
  }

  @Test
  void keepTheProxyAndTheTextsOfSchedules() {
    assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Callback.class)).accepts(hints);
    assertThat(RuntimeHintsPredicates.resource().forBundle("com.cronutils.CronUtilsI18N"))
        .accepts(hints);
  }

  private static void collect(Type type, Set<Class<?>> records) {
    if (type instanceof ParameterizedType parameterized) {
      for (Type argument : parameterized.getActualTypeArguments()) {
        collect(argument, records);
      }
    } else if (type instanceof Class<?> plain && plain.isRecord() && records.add(plain)) {
      for (RecordComponent component : plain.getRecordComponents()) {
        collect(component.getGenericType(), records);
      }
    }
  }
}
