package com.conitrack.backup.core.model;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Whether two names are of one person, so that nobody passes for another by how a name is typed.
 */
public final class PersonNames {
  private PersonNames() {}

  /**
   * Whether both names are the same but for case, white space at the ends or repeated within, and
   * how Unicode composes and widens letters (Unicode Standard Annex 15, form NFKC).
   */
  public static boolean same(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .strip()
        .replaceAll("(?U)\\s+", " ")
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
