package com.conitrack.backup.spring.page;

import java.util.List;
import java.util.function.IntFunction;

/** One page's worth of a long list. */
record Pager<T>(List<T> all, int wanted, int size) {
  int pages() {
    return Math.max(1, (all.size() + size - 1) / size);
  }

  int page() {
    return Math.min(wanted, pages());
  }

  List<T> shown() {
    int from = (page() - 1) * size;
    return all.subList(from, Math.min(all.size(), from + size));
  }

  void write(Html html, Language language, String name, IntFunction<String> link) {
    if (pages() == 1) {
      return;
    }
    html.open("nav", "class", "pager", "aria-label", name);
    if (page() > 1) {
      html.element(
          "a", "← " + Word.NEWER.in(language), "href", link.apply(page() - 1), "rel", "prev");
    }
    html.element(
        "span", Word.PAGE.in(language) + " " + page() + " " + Word.OF.in(language) + " " + pages());
    if (page() < pages()) {
      html.element(
          "a", Word.OLDER.in(language) + " →", "href", link.apply(page() + 1), "rel", "next");
    }
    html.close("nav");
  }
}
