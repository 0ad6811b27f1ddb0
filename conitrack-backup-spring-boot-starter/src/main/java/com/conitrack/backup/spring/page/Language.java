package com.conitrack.backup.spring.page;

import java.util.Locale;

/** A language that the page is written in. */
public enum Language {
  /** English. */
  EN(Locale.ENGLISH),
  /** Spanish. */
  ES(Locale.forLanguageTag("es"));

  private final Locale locale;

  Language(Locale locale) {
    this.locale = locale;
  }

  /** For dates and names of months. */
  Locale locale() {
    return locale;
  }

  /** Its code, {@code en} or {@code es}. */
  String code() {
    return locale.getLanguage();
  }

  /** The language of a locale; English for those that are neither. */
  public static Language of(Locale locale) {
    return locale.getLanguage().equals("es") ? ES : EN;
  }
}
