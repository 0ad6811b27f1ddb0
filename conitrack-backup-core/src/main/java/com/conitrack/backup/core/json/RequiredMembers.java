package com.conitrack.backup.core.json;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that JSON has every member a record needs: all but those whose component is {@link
 * Nullable}. Jackson itself would put null or 0 for what is missing.
 */
final class RequiredMembers {
  private static final ClassValue<List<Member>> MEMBERS =
      new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Member::of).toList();
        }
      };

  private RequiredMembers() {}

  /**
   * Returns if {@code node} has all that {@code type} needs.
   *
   * @throws JsonMappingException naming the path of the first member that is missing
   */
  static void check(JsonNode node, Type type) throws JsonMappingException {
    check(node, type, "");
  }

  private static void check(JsonNode node, Type type, String path) throws JsonMappingException {
    if (type instanceof ParameterizedType generic) {
      checkElements(node, generic, path);
    } else if (type instanceof Class<?> plain && plain.isRecord() && node.isObject()) {
      checkRecord(node, plain, path);
    }
  }

  private static void checkElements(JsonNode node, ParameterizedType type, String path)
      throws JsonMappingException {
    Class<?> raw = (Class<?>) type.getRawType();
    boolean list = Collection.class.isAssignableFrom(raw);
    if (list ? !node.isArray() : Map.class.isAssignableFrom(raw) && !node.isObject()) {
      throw new JsonMappingException(null, "'" + path + "' is no " + (list ? "array" : "object"));
    }
    Type[] arguments = type.getActualTypeArguments();
    int index = 0;
    for (JsonNode element : node) {
      String at = path + "[" + index++ + "]";
      if (element.isNull()) {
        throw new JsonMappingException(null, "'" + at + "' is null");
      }
      check(element, arguments[arguments.length - 1], at);
    }
  }

  private static void checkRecord(JsonNode node, Class<?> type, String path)
      throws JsonMappingException {
    for (Member member : MEMBERS.get(type)) {
      String at = path.isEmpty() ? member.name : path + "." + member.name;
      JsonNode value = node.get(member.name);
      if (value != null && !value.isNull()) {
        check(value, member.type, at);
      } else if (member.required) {
        throw new JsonMappingException(null, "'" + at + "' is missing");
      }
    }
  }

  private record Member(String name, Type type, boolean required) {
    static Member of(RecordComponent component) {
      return new Member(
          component.getName(),
          component.getGenericType(),
          !component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }
  }
}
