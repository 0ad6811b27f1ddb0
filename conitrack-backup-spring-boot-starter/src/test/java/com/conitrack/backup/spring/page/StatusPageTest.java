package com.conitrack.backup.spring.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.policy.BackupPolicy;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class StatusPageTest {
  private final StatusPage page = new StatusPage("/app/conitrack-backup");

  @Test
  void letsNoNameBecomeMarkup() {
    String html =
        page.render(
            Optional.of(SampleContents.of(120)),
            new PageRequest(Language.EN, "\"><script>alert(1)</script>", 1, 1));

    assertThat(html)
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("\u202e")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
        .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"");
  }

  @Test
  void fetchesNothingAndRunsNothing() throws Exception {
    String html = page.render(Optional.of(SampleContents.of(120)), PageRequest.in(Language.EN));

    assertThat(html)
        .doesNotContain("http:", "https:", "url(", "@import", " style=")
        .doesNotContainPattern("\\son[a-z]+=");
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    String digest =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(style.getBytes(StandardCharsets.UTF_8)));
    assertThat(StatusPage.contentSecurityPolicy())
        .contains("default-src 'none'", "style-src 'sha256-" + digest + "'");
  }

  @Test
  void isWellFormedWithHeadingsAndLabelledTables() throws Exception {
    Document document =
        parse(page.render(Optional.of(SampleContents.of(120)), PageRequest.in(Language.ES)));

    assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("es");
    assertThat(document.getElementsByTagName("h1").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("h2").getLength()).isEqualTo(5);
    assertThat(document.getElementsByTagName("main").getLength()).isEqualTo(1);
    var heads = document.getElementsByTagName("th");
    for (int i = 0; i < heads.getLength(); i++) {
      assertThat(heads.item(i).getAttributes().getNamedItem("scope")).isNotNull();
    }
  }

  @Test
  void tellsEveryStateInWordsToo() {
    String html = page.render(Optional.of(SampleContents.of(120)), PageRequest.in(Language.ES));

    assertThat(html)
        .contains("hecha</span>", "con retraso</span>", "omitida</span>", "fallida</span>")
        .contains("noviembre 2026", "Dentro del RPO durante");
  }

  @Test
  void tellsWhichMigrationABackupPreceded() {
    String html = page.render(Optional.of(SampleContents.of(120)), PageRequest.in(Language.EN));

    assertThat(html).contains("<small>Flyway 3 → 4</small>", "<small>V4__&lt;script&gt;");
  }

  @Test
  void showsDaysOfTheSchedulesTimeZone() {
    PageContents sample = SampleContents.of(120);
    BackupPolicy inTokyo =
        BackupPolicy.defaults().toBuilder().schedule("30 0 * * *", ZoneId.of("Asia/Tokyo")).build();

    String html =
        page.render(
            Optional.of(new PageContents(inTokyo, sample.reading(), sample.status())),
            PageRequest.in(Language.EN));

    assertThat(html)
        .contains("hours and days of Asia/Tokyo")
        .containsPattern(
            "<span class=\"day\">1</span>\\s*<i class=\"\\S+\" title=\"2026-10-31 15:30")
        .containsPattern(
            "<span class=\"day\">25</span>\\s*<i class=\"\\S+\" title=\"2026-11-24 15:30");
  }

  @Test
  void staysSmallWithFiveThousandBackups() {
    PageContents contents = SampleContents.of(5_600);
    assertThat(contents.reading().catalogue().entries()).hasSizeGreaterThan(5_000);

    String first = page.render(Optional.of(contents), PageRequest.in(Language.EN));
    String last =
        page.render(Optional.of(contents), new PageRequest(Language.EN, "", 99_999, 99_999));

    assertThat(first.length()).isLessThan(120_000);
    assertThat(first).contains("Page 1 of 173", "backups=2#backups");
    assertThat(last).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
  }

  @Test
  void searchesTheRegisterForAllWords() {
    PageContents contents = SampleContents.of(400);

    String found =
        page.render(Optional.of(contents), new PageRequest(Language.EN, "space FAILED", 1, 1));
    String nothing =
        page.render(Optional.of(contents), new PageRequest(Language.EN, "nobody-knows", 1, 1));

    assertThat(found).contains("no space left", "id=\"register\">Register (12)");
    assertThat(nothing).contains("Nothing to show.");
  }

  @Test
  void saysThatNothingWasReadYet() {
    assertThat(page.render(Optional.empty(), PageRequest.in(Language.ES)))
        .contains("Los almacenamientos se están leyendo por primera vez");
  }

  private static Document parse(String html) throws Exception {
    String xml =
        html.replace("<!DOCTYPE html>\n", "")
            .replaceAll("(<(meta|input|br)\\b[^>]*)>", "$1/>")
            .replaceAll("(?s)<style>.*</style>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
