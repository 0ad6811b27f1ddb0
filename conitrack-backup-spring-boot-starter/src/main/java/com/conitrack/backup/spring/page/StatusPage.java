package com.conitrack.backup.spring.page;

import java.util.Optional;

/**
 * Makes the page, as a text of its own: without scripts, images or anything to fetch. What storages
 * and register hold may come from anyone and is escaped. Immutable and safe for use by many
 * threads; does no I/O.
 */
public final class StatusPage {
  private final String path;

  /**
   * A page for one place.
   *
   * @param path where it is served, for its own links
   */
  public StatusPage(String path) {
    this.path = path;
  }

  /** The value of the header {@code Content-Security-Policy} that the page is made for. */
  public static String contentSecurityPolicy() {
    return StyleSheet.CONTENT_SECURITY_POLICY;
  }

  /**
   * The page.
   *
   * @param contents what it shows; empty while nothing has been read yet
   */
  public String render(Optional<PageContents> contents, PageRequest request) {
    Html html = new Html();
    Language language = request.language();
    html.trusted("<!DOCTYPE html>\n").open("html", "lang", language.code());
    head(html, contents, language);
    html.open("body");
    html.element("a", Word.SKIP.in(language), "class", "skip", "href", "#main");
    Links links = new Links(path, request);
    header(html, contents, links);
    html.open("main", "id", "main");
    if (contents.isPresent()) {
      sections(html, contents.get(), links);
    } else {
      html.element("p", Word.UNREAD.in(language), "role", "status");
    }
    html.close("main");
    html.open("footer").element("p", Word.ALL_UTC.in(language), "class", "meta").close("footer");
    return html.close("body").close("html").toString();
  }

  private static void head(Html html, Optional<PageContents> contents, Language language) {
    html.open("head").trusted("<meta charset=\"utf-8\">\n");
    html.trusted("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.trusted("<meta name=\"robots\" content=\"noindex\">\n");
    String health =
        contents.map(c -> ": " + StatusSection.health(c.status().health()).in(language)).orElse("");
    html.element("title", Word.TITLE.in(language) + health);
    html.open("style").trusted(StyleSheet.CSS).close("style").close("head");
  }

  private static void header(Html html, Optional<PageContents> contents, Links links) {
    Language language = links.language();
    html.open("header").open("div", "class", "top");
    html.element("h1", Word.TITLE.in(language));
    Language other = language == Language.EN ? Language.ES : Language.EN;
    html.element(
        "a",
        Word.OTHER_LANGUAGE.in(language),
        "href",
        links.in(other),
        "lang",
        other.code(),
        "hreflang",
        other.code());
    html.close("div");
    contents.ifPresent(shown -> meta(html, shown, language));
    html.close("header");
  }

  private static void meta(Html html, PageContents shown, Language language) {
    String database = shown.status().database();
    html.element(
        "p",
        Word.OF_DATABASE.in(language)
            + " "
            + (database == null ? Word.UNKNOWN.in(language) : database)
            + " · "
            + Word.READ_AT.in(language)
            + " "
            + Told.minute(shown.status().readAt())
            + " UTC",
        "class",
        "meta");
    html.open("nav", "aria-label", Word.CONTENTS.in(language)).open("ul");
    navigate(html, "status", Word.STATUS.in(language));
    navigate(html, "runs", Word.RUNS.in(language));
    navigate(html, "backups", Word.BACKUPS.in(language));
    navigate(html, "drills", Word.DRILLS.in(language));
    navigate(html, "register", Word.REGISTER.in(language));
    html.close("ul").close("nav");
  }

  private static void navigate(Html html, String id, String words) {
    html.open("li").element("a", words, "href", "#" + id).close("li");
  }

  private static void sections(Html html, PageContents contents, Links links) {
    new StatusSection(contents, links.language()).write(html);
    new RunsSection(contents, links.language()).write(html);
    new BackupsSection(contents, links).write(html);
    new DrillsSection(contents, links.language()).write(html);
    new RegisterSection(contents, links).write(html);
  }
}
