package com.conitrack.backup.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.spring.properties.ConitrackBackupProperties;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Name;

/** The settings are those of the command's file, which docs/configuration.md is held equal to. */
class SettingKeysTest {
  private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9.<>-]+)` \\|.*");

  @Test
  void areThoseOfTheConfigurationFile() throws IOException {
    Set<String> expected = documented(Path.of("..", "docs", "configuration.md"));
    expected.removeIf(key -> key.equals("hooks") || key.startsWith("hooks."));
    Set<String> own = keys();
    own.removeIf(key -> key.matches("(enabled|flyway|status|page|schedule)(\\..*)?"));

    assertThat(own).isEqualTo(expected);
  }

  @Test
  void areDescribedForEditors() throws IOException {
    try (var metadata =
        getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      String text = new String(metadata.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text)
          .contains("\"conitrack.backup.policy.copies-required\"")
          .contains("How many proved copies make a backup good.")
          .contains("\"conitrack.backup.policy.retention.pre-change.for\"");
    }
  }

  private static Set<String> documented(Path file) throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(1).matches("sop-001|default")) {
        expand(row.group(1), keys);
      }
    }
    return keys;
  }

  private static void expand(String key, Set<String> keys) {
    if (!key.contains("<trigger>")) {
      keys.add(key);
      return;
    }
    for (Trigger trigger : Trigger.values()) {
      String word = trigger.name().toLowerCase(Locale.ROOT).replace('_', '-');
      keys.add(key.replace("<trigger>", word));
    }
  }

  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    collect("", ConitrackBackupProperties.class, keys);
    return keys;
  }

  private static void collect(String prefix, Class<?> type, Set<String> keys) {
    RecordComponent[] components = type.getRecordComponents();
    Constructor<?> constructor =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(each -> each.getParameterCount() == components.length)
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < components.length; i++) {
      String key = prefix + name(constructor.getParameters()[i]);
      keys.add(key);
      Class<?> nested = nested(components[i].getGenericType());
      if (nested != null && nested.isRecord() && !isValue(nested)) {
        collect(key + ".", nested, keys);
      }
    }
  }

  /** Where a name is the user's own, as in a map, what is below it is not listed. */
  private static Class<?> nested(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType().equals(java.util.List.class)) {
      return (Class<?>) list.getActualTypeArguments()[0];
    }
    return type instanceof Class<?> plain ? plain : null;
  }

  private static boolean isValue(Class<?> type) {
    return type.getSimpleName().equals("TimeSpan") || type.getSimpleName().equals("ByteSize");
  }

  private static String name(Parameter parameter) {
    Name given = parameter.getAnnotation(Name.class);
    return given != null
        ? given.value()
        : parameter.getName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
