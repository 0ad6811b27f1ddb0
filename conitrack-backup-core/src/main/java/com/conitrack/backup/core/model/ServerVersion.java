package com.conitrack.backup.core.model;

/**
 * A PostgreSQL version, of a server or of a client tool.
 *
 * @param major the major version: 9 for the 9.x line, else the first number
 * @param text the version as reported, such as {@code 16.4} or {@code 17beta1}
 */
public record ServerVersion(int major, String text) implements Comparable<ServerVersion> {
  /**
   * Reads a version out of what a server or a tool reports, such as {@code 15.18 (Debian
   * 15.18-0+deb12u1)} or {@code pg_dump (PostgreSQL) 17.2}.
   *
   * @throws IllegalArgumentException if there is no version in it
   */
  public static ServerVersion parse(String reported) {
    java.util.regex.Matcher found =
        java.util.regex.Pattern.compile("(?<![\\w.])(\\d+)(?:\\.\\d+)*(?:(?:beta|rc|devel)\\d*)?")
            .matcher(reported);
    if (!found.find()) {
      throw new IllegalArgumentException("no PostgreSQL version in '" + reported + "'");
    }
    return new ServerVersion(Integer.parseInt(found.group(1)), found.group());
  }

  @Override
  public int compareTo(ServerVersion other) {
    return Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return text;
  }
}
