package com.conitrack.backup.core.dump;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Leaves out of views the names that columns have from their cast alone. In the second branch of a
 * {@code UNION} and in other queries whose column names nobody sees, PostgreSQL dumps a constant
 * without a name, {@code NULL::integer}; read again it is called after its type, and dumps as
 * {@code NULL::integer AS int4} from then on (seen with pg_dump 15.18; PostgreSQL source, {@code
 * get_target_list} and {@code FigureColname}). It means the same, so both must digest to the same.
 * Names that somebody sees are always written, so nothing else becomes equal by this.
 */
final class CastNames {
  private static final String NAME = "(?:[A-Za-z_\\x80-\\xff][\\w$\\x80-\\xff]*+|\"[^\"]++\")";

  private static final Pattern NAMED_CAST =
      Pattern.compile(
          "(?<cast>::(?:"
              + NAME
              + "\\.)?(?<type>(?:double precision|character varying|bit varying|"
              + NAME
              + "))(?:\\([0-9, ]++\\))?(?: with(?:out)? time zone)?(?:\\[\\])*+)"
              + " AS (?<name>"
              + NAME
              + ")(?![\\w$\"\\x80-\\xff])");

  /** Types that are written otherwise than they are called (PostgreSQL source, format_type.c). */
  private static final Map<String, String> CALLED =
      Map.of(
          "smallint", "int2",
          "integer", "int4",
          "bigint", "int8",
          "real", "float4",
          "double precision", "float8",
          "boolean", "bool",
          "character varying", "varchar",
          "character", "bpchar",
          "bit varying", "varbit");

  private final String view;
  private final StringBuilder rewritten = new StringBuilder();
  private int copied;

  private CastNames(String view) {
    this.view = view;
  }

  /** The bytes of a statement, without those names if it makes a view. */
  static ByteBuffer leftOut(ByteBuffer statement) {
    String text = StandardCharsets.ISO_8859_1.decode(statement.duplicate()).toString();
    boolean view =
        Stream.of("CREATE VIEW ", "CREATE OR REPLACE VIEW ", "CREATE MATERIALIZED VIEW ")
            .anyMatch(text::startsWith);
    return view ? StandardCharsets.ISO_8859_1.encode(new CastNames(text).rewrite()) : statement;
  }

  private String rewrite() {
    Matcher cast = NAMED_CAST.matcher(view);
    int i = 0;
    while (i < view.length()) {
      char c = view.charAt(i);
      if (c == '\'' || c == '"') {
        i = afterQuote(i);
      } else if (c == ':' && cast.region(i, view.length()).lookingAt()) {
        i = pass(cast);
      } else {
        i++;
      }
    }
    return rewritten.append(view, copied, view.length()).toString();
  }

  private int pass(Matcher cast) {
    if (isCalledAfterType(cast)) {
      rewritten.append(view, copied, cast.end("cast"));
      copied = cast.end();
    }
    return cast.end();
  }

  private static boolean isCalledAfterType(Matcher cast) {
    String type = cast.group("type");
    String zoned = cast.group("cast").contains(" with time zone") ? "tz" : "";
    return CALLED.getOrDefault(type, unquoted(type) + zoned).equals(unquoted(cast.group("name")));
  }

  private static String unquoted(String name) {
    return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
  }

  /** Quotes are doubled inside quotes, which reads as two quoted pieces side by side. */
  private int afterQuote(int quote) {
    char mark = view.charAt(quote);
    boolean escapes = mark == '\'' && quote > 0 && view.charAt(quote - 1) == 'E';
    int i = quote + 1;
    while (i < view.length() && view.charAt(i) != mark) {
      i += escapes && view.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }
}
