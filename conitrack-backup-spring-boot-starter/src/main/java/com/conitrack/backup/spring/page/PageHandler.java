package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.spring.observe.StatusCache;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;

/** Answers requests for the page: reading alone, for those who may look. */
final class PageHandler implements HttpRequestHandler {
  private final ConitrackBackup backups;
  private final StatusCache cache;
  private final PageAccess access;
  private final String path;

  PageHandler(ConitrackBackup backups, StatusCache cache, PageAccess access, String path) {
    this.backups = backups;
    this.cache = cache;
    this.access = access;
    this.path = path;
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    secure(response);
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.setHeader("Allow", "GET, HEAD");
      response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    } else if (access.allows(request)) {
      send(response, "text/html", 200, page(request));
    } else {
      send(response, "text/plain", 403, PageAccess.REFUSAL);
    }
  }

  private String page(HttpServletRequest request) {
    Optional<PageContents> contents =
        cache
            .reading()
            .flatMap(
                reading -> cache.status().map(s -> new PageContents(backups.policy(), reading, s)));
    return new StatusPage(request.getContextPath() + path).render(contents, asked(request));
  }

  private static PageRequest asked(HttpServletRequest request) {
    String search = request.getParameter("q");
    return new PageRequest(
        language(request),
        search == null ? "" : search,
        number(request.getParameter("backups")),
        number(request.getParameter("register")));
  }

  private static Language language(HttpServletRequest request) {
    String asked = request.getParameter("lang");
    return Language.of(asked == null ? request.getLocale() : Locale.forLanguageTag(asked));
  }

  private static int number(@Nullable String text) {
    return text != null && text.matches("\\d{1,7}") ? Integer.parseInt(text) : 1;
  }

  private static void secure(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", StatusPage.contentSecurityPolicy());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
  }

  private static void send(HttpServletResponse response, String type, int status, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(type + ";charset=UTF-8");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
