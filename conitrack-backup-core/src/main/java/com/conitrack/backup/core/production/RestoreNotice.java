package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What users are told before and after a restore (SOP-001, section 9.2, steps 2 and 12), as plain
 * text whose first line is the subject.
 *
 * @param language in which
 * @param system the system's name, as its users know it
 * @param zone in which zone times are told
 */
public record RestoreNotice(Language language, String system, ZoneId zone) {

  /** Languages there are notices in. */
  public enum Language {
    /** Spanish. */
    ES,
    /** English. */
    EN
  }

  private static final String BEFORE_ES =
      """
      ASUNTO: Sistema %1$s - Mantenimiento Programado

      El sistema %1$s estara no disponible desde %2$s hasta %3$s (hora estimada).
      Motivo: Restauracion de base de datos.
      Los datos volveran al estado de %4$s. Lo ingresado despues de ese momento debera re-ingresarse.
      Disculpe las molestias.
      """;

  private static final String BEFORE_EN =
      """
      SUBJECT: %1$s - Scheduled maintenance

      %1$s will not be available from %2$s until %3$s (estimated).
      Reason: its database is being restored.
      The data will be as it was at %4$s. Whatever was entered after that will have to be entered again.
      We apologise for the inconvenience.
      """;

  private static final String AFTER_ES =
      """
      ASUNTO: Sistema %1$s - Servicio Restaurado

      El sistema %1$s ha sido restaurado y esta operativo.
      IMPORTANTE: Los datos han sido restaurados al estado de %2$s.
      Cualquier dato ingresado despues de esa fecha y hasta %3$s debera re-ingresarse.
      """;

  private static final String AFTER_EN =
      """
      SUBJECT: %1$s - Service restored

      %1$s has been restored and is available.
      IMPORTANT: the data is as it was at %2$s.
      Whatever was entered after that and until %3$s has to be entered again.
      """;

  /**
   * The notice before.
   *
   * @param plan the plan
   * @param start when the system goes down
   */
  public String before(RestorePlan plan, Instant start) {
    Duration expected = plan.estimate().expected();
    Instant end = start.plus(expected == null ? plan.estimate().rto() : expected);
    return (language == Language.ES ? BEFORE_ES : BEFORE_EN)
        .formatted(system, tell(start), tell(end), tell(plan.source().startedAt()));
  }

  /**
   * The notice after.
   *
   * @param record the record of a restore
   * @throws BackupException kind {@code RULE} if it did not replace the database
   */
  public String after(RestoreRecord record) {
    String from = record.fact(RegisterDetails.LOST_FROM);
    if (record.state() != RestoreRecord.State.PASSED || from == null) {
      throw new BackupException(
          ErrorKind.RULE,
          "unable to tell users that the service is restored",
          "restore " + record.id() + " did not replace the database, or was rolled back",
          "see 'conitrack-backup restore status'");
    }
    String to = record.facts().getOrDefault(RegisterDetails.LOST_TO, record.begunAt().toString());
    return (language == Language.ES ? AFTER_ES : AFTER_EN)
        .formatted(system, tell(Instant.parse(from)), tell(Instant.parse(to)));
  }

  private String tell(Instant instant) {
    String pattern = language == Language.ES ? "dd/MM/uuuu HH:mm zzz" : "uuuu-MM-dd HH:mm zzz";
    Locale locale = language == Language.ES ? Locale.forLanguageTag("es") : Locale.ENGLISH;
    return DateTimeFormatter.ofPattern(pattern, locale).withZone(zone).format(instant);
  }
}
