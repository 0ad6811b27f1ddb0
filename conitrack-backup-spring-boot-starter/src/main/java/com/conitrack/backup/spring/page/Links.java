package com.conitrack.backup.spring.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The page's links to itself, which keep what else is asked of it. */
record Links(String path, PageRequest request) {
  Language language() {
    return request.language();
  }

  String in(Language other) {
    return link(
        new PageRequest(other, request.search(), request.backupsPage(), request.registerPage()));
  }

  String backups(int page) {
    return link(new PageRequest(language(), request.search(), page, request.registerPage()))
        + "#backups";
  }

  String register(int page) {
    return link(new PageRequest(language(), request.search(), request.backupsPage(), page))
        + "#register";
  }

  String wholeRegister() {
    return link(new PageRequest(language(), "", request.backupsPage(), 1)) + "#register";
  }

  private String link(PageRequest to) {
    StringBuilder link = new StringBuilder(path).append("?lang=").append(to.language().code());
    if (to.backupsPage() > 1) {
      link.append("&backups=").append(to.backupsPage());
    }
    if (to.registerPage() > 1) {
      link.append("&register=").append(to.registerPage());
    }
    if (!to.search().isEmpty()) {
      link.append("&q=").append(URLEncoder.encode(to.search(), StandardCharsets.UTF_8));
    }
    return link.toString();
  }
}
