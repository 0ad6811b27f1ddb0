package com.conitrack.backup.spring.page;

/**
 * What of the page is wanted.
 *
 * @param language its language
 * @param search words that register entries must all hold; empty for every entry
 * @param backupsPage which page of backups, from 1
 * @param registerPage which page of the register, from 1
 */
public record PageRequest(Language language, String search, int backupsPage, int registerPage) {
  private static final int LONGEST_SEARCH = 200;

  public PageRequest {
    search = search.strip();
    search = search.length() > LONGEST_SEARCH ? search.substring(0, LONGEST_SEARCH) : search;
    backupsPage = Math.max(1, backupsPage);
    registerPage = Math.max(1, registerPage);
  }

  /** The beginning, in a language. */
  public static PageRequest in(Language language) {
    return new PageRequest(language, "", 1, 1);
  }
}
