package com.conitrack.backup.spring.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page as a browser shows it, on a desk and on a phone, by day and by night. */
class PageInBrowserIT {
  private static final String PATH = "/conitrack-backup";
  private static HttpServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, PageInBrowserIT::serve);
    server.start();
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    browser.close();
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "desktop-light, 1280, 900, false, light, en",
    "desktop-dark, 1280, 900, false, dark, es",
    "phone-light, 390, 844, true, light, es",
    "phone-dark, 390, 844, true, dark, en",
  })
  void fitsAndIsAccessible(
      String name, int width, int height, boolean phone, String scheme, String language)
      throws IOException {
    browser.become(width, height, phone, scheme);
    open("?lang=" + language);

    assertFits(name);
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void fitsASmallPhone() throws IOException {
    browser.become(320, 640, true, "light");
    open("?lang=es");

    assertFits("small-phone");
    assertThat(browser.complaints()).isEmpty();
  }

  private static void assertFits(String name) throws IOException {
    browser.keep(name);
    assertThat(browser.measure("document.documentElement.scrollWidth"))
        .as("no part of the page is beyond the screen's side")
        .isLessThanOrEqualTo(browser.measure("document.documentElement.clientWidth"));
  }

  @Test
  void isUsedByKeyboardAlone() {
    browser.become(1280, 900, false, "light");
    open("?lang=en");

    browser.driver().findElement(By.tagName("body")).sendKeys(Keys.TAB);
    WebElement first = browser.driver().switchTo().activeElement();
    assertThat(first.getAttribute("class")).isEqualTo("skip");
    assertThat(first.isDisplayed()).isTrue();
    assertThat(first.getRect().getX()).isNotNegative();

    WebElement search = browser.driver().findElement(By.name("q"));
    search.sendKeys("space FAILED", Keys.ENTER);
    new WebDriverWait(browser.driver(), Duration.ofMinutes(1))
        .until(ExpectedConditions.textToBe(By.id("register"), "Register (12)"));
    assertThat(browser.driver().findElement(By.name("q")).getAttribute("value"))
        .isEqualTo("space FAILED");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void runsNoScriptThatARegisterBrings() {
    browser.become(1280, 900, false, "light");
    open("?lang=en&q=%3Cscript%3Edocument.title%3D1%3C%2Fscript%3E");

    assertThat(browser.driver().findElements(By.tagName("script"))).isEmpty();
    assertThat(browser.driver().getTitle()).startsWith("Backups");
  }

  private static void open(String query) {
    browser.driver().get("http://127.0.0.1:" + server.getAddress().getPort() + PATH + query);
  }

  private static void serve(HttpExchange exchange) throws IOException {
    byte[] html =
        new StatusPage(PATH)
            .render(Optional.of(SampleContents.of(400)), asked(exchange))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", StatusPage.contentSecurityPolicy());
    exchange.sendResponseHeaders(200, html.length);
    try (exchange) {
      exchange.getResponseBody().write(html);
    }
  }

  private static PageRequest asked(HttpExchange exchange) {
    Language language = Language.EN;
    String search = "";
    for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
      String value =
          URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8);
      if (pair.startsWith("lang=")) {
        language = value.equals("es") ? Language.ES : Language.EN;
      } else if (pair.startsWith("q=")) {
        search = value;
      }
    }
    return new PageRequest(language, search, 1, 1);
  }
}
