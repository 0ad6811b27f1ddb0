package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.ObjectKeys;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Where keys lie in the bucket. Announcements start with a dot, which no key does. */
record Names(String prefix) {
  private static final String ANNOUNCEMENTS = ".conitrack-uploads/";
  private static final Pattern OF_KEYS = Pattern.compile("[A-Za-z0-9._/-]*");

  /** The name of a key's object. */
  String of(String key) {
    return prefix + ObjectKeys.require(key);
  }

  /** The key of an object, if it is one of this storage's. */
  Optional<String> key(String name) {
    return Optional.of(name)
        .filter(each -> each.startsWith(prefix))
        .map(each -> each.substring(prefix.length()))
        .filter(ObjectKeys::isKey);
  }

  /** What the names of all keys that start with {@code text} start with; empty if no key does. */
  Optional<String> startingWith(String text) {
    return OF_KEYS.matcher(text).matches() ? Optional.of(prefix + text) : Optional.empty();
  }

  /** What the names of all announcements start with. */
  String announcements() {
    return prefix + ANNOUNCEMENTS;
  }

  /** A new name for an announcement. */
  String newAnnouncement() {
    return announcements() + UUID.randomUUID();
  }
}
