package com.conitrack.backup.exampleapp.demo;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.exampleapp.stock.Stock;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The stock system through four releases: one that is good, one whose migration fails half-way, one
 * whose migration succeeds and ruins the stock. What is printed is typed, and the database is as
 * before.
 */
public final class GateDemo {
  private static final Pattern WAY_BACK =
      Pattern.compile("conitrack-backup restore run --backup .*$", Pattern.MULTILINE);
  private static final String FAILURE = "APPLICATION FAILED TO START";

  private final PrintStream out;
  private final Path commands;
  private int step;

  /**
   * @param commands the directory of the command {@code conitrack-backup}
   */
  GateDemo(PrintStream out, Path commands) {
    this.out = out;
    this.commands = commands;
  }

  /**
   * Runs the demonstration. The system property {@code conitrack.command} names the directory of
   * the command.
   *
   * @param arguments {@code --stay} to keep the application running at the end; the directory below
   *     which files are left, by default {@code demo-app} in the working directory
   */
  public static void main(String[] arguments) throws Exception {
    List<String> given = Arrays.asList(arguments);
    Path parent =
        Path.of(
            given.stream().filter(each -> !each.equals("--stay")).findFirst().orElse("demo-app"));
    String now =
        DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss")
            .format(ZonedDateTime.now(ZoneOffset.UTC));
    try (PostgresFixture server = PostgresFixture.start()) {
      Site site = Site.create(server, parent.resolve(now).toAbsolutePath());
      new GateDemo(System.out, commands()).run(site, given.contains("--stay"));
    }
  }

  static Path commands() {
    return Path.of(System.getProperty("conitrack.command")).toAbsolutePath().normalize();
  }

  void run(Site site, boolean stay) throws Exception {
    install(site);
    migrateWell(site);
    failAndGoBack(site);
    ruinAndGoBack(site);
    serve(site, stay);
  }

  private void install(Site site) {
    say("Release 1.0 of the stock system makes its tables on a private PostgreSQL server");
    try (ConfigurableApplicationContext application = site.start(0, "1.0")) {
      Stock stock = application.getBean(Stock.class);
      fill(stock);
      tell("%s; no backup was needed of an empty database", inWords(stock));
    }
  }

  private static void fill(Stock stock) {
    List<String> products =
        List.of("Paracetamol", "Ibuprofeno", "Lactosa", "Estearato de magnesio");
    for (int lot = 1; lot <= 12; lot++) {
      BigDecimal kilograms = new BigDecimal("25.125").multiply(BigDecimal.valueOf(lot));
      String code = "L-2026-%03d".formatted(lot);
      String product = products.get(lot % products.size());
      stock.receive(code, product, LocalDate.of(2028, lot, 1), kilograms);
      stock.use(code, lot == 2 ? kilograms : new BigDecimal("0.0375"));
    }
  }

  private void migrateWell(Site site) {
    say("Release 1.1 has a migration: a proved backup comes first");
    try (ConfigurableApplicationContext application = site.start(0, "1.0", "1.1")) {
      Manifest backup = newest(application);
      tell("%s %s: %s", backup.trigger(), backup.id(), backup.reason());
      tell("the migration ran; %s", inWords(application.getBean(Stock.class)));
    }
  }

  private static Manifest newest(ConfigurableApplicationContext application) {
    return application.getBean(ConitrackBackup.class).catalogue().entries().get(0).manifest();
  }

  private void failAndGoBack(Site site) throws Exception {
    String before = site.digest();
    say("Release 1.2 has two migrations: the first deletes lots, the second fails");
    String log = failingStart(site);
    tell("the application did not start; the database is left half-way:");
    require(!site.digest().equals(before), "the migrations changed nothing");
    log.substring(log.lastIndexOf(FAILURE))
        .lines()
        .skip(2)
        .filter(line -> !line.isBlank())
        .forEach(line -> out.println("   | " + line));
    goBack(site, last(WAY_BACK, log.substring(log.lastIndexOf(FAILURE))), before);
  }

  private static String failingStart(Site site) throws IOException {
    try {
      site.start(0, "1.0", "1.1", "1.2").close();
    } catch (RuntimeException e) {
      return site.log("1.2");
    }
    throw new IllegalStateException("the application started");
  }

  private void ruinAndGoBack(Site site) throws Exception {
    String before = site.digest();
    say("Release 1.3 has a migration that succeeds, and divides the stock by a thousand");
    try (ConfigurableApplicationContext application = site.start(0, "1.0", "1.1", "1.3")) {
      tell("the application started; %s", inWords(application.getBean(Stock.class)));
    }
    require(!site.digest().equals(before), "the migration changed nothing");
    tell("the log named the way back before it migrated: %s", site.logFile("1.3"));
    goBack(site, last(WAY_BACK, site.log("1.3")), before);
  }

  private void goBack(Site site, String command, String before) throws Exception {
    say("Typing what was printed");
    out.println("   $ " + command);
    site.type(command, commands).lines().forEach(line -> out.println("   " + line));
    String after = site.digest();
    require(after.equals(before), "the database is not as it was before");
    tell("pg_dump writes what it wrote before the migration: SHA-256 %s", after);
  }

  private void serve(Site site, boolean stay) throws Exception {
    say("Release 1.1 again, on the database that was restored");
    try (ConfigurableApplicationContext application = site.start(0, "1.0", "1.1")) {
      tell("%s", inWords(application.getBean(Stock.class)));
      String address =
          "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
      look(address + "/");
      look(address + "/conitrack-backup");
      tell("backups, register and logs are in %s", site.directory());
      if (stay) {
        tell("stays up until Ctrl-C");
        Thread.currentThread().join();
      }
    }
  }

  private void look(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/html").build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    require(answer.statusCode() == 200, address + " answered " + answer.statusCode());
    tell("%s serves %,d bytes", address, answer.body().length());
  }

  private static String inWords(Stock stock) {
    return "%d lots, %s kg".formatted(stock.lots().size(), stock.total().toPlainString());
  }

  private static String last(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new IllegalStateException("no way back was printed in:\n" + text));
  }

  private void say(String what) {
    out.printf("%n%d. %s%n", ++step, what);
  }

  private void tell(String text, Object... values) {
    out.printf("   " + text + "%n", values);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
