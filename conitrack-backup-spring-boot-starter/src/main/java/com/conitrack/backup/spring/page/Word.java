package com.conitrack.backup.spring.page;

/** What the page says, in both languages. */
enum Word {
  TITLE("Backups", "Copias de seguridad"),
  SKIP("Skip to content", "Ir al contenido"),
  OF_DATABASE("Database", "Base de datos"),
  READ_AT("Read", "Leído"),
  ALL_UTC("All times are UTC", "Todas las horas en UTC"),
  OTHER_LANGUAGE("Español", "English"),
  UNREAD(
      "The storages are being read for the first time. Reload in a moment.",
      "Los almacenamientos se están leyendo por primera vez. Recargue en un momento."),
  OK("All is well", "Todo en orden"),
  WARNING("Needs a look", "Requiere atención"),
  FAILING("Failing", "Fallando"),
  TO_DO("To do", "Qué hacer"),
  STATUS("Status", "Estado"),
  NEWEST("Newest good backup", "Última copia buena"),
  NONE("none", "ninguna"),
  NEVER("never", "nunca"),
  RPO_LEFT("Within the RPO for", "Dentro del RPO durante"),
  RPO_OVER("Older than the RPO by", "Excede el RPO por"),
  RPO("RPO", "RPO"),
  RTO("RTO", "RTO"),
  COPIES("Copies", "Copias"),
  PROVED_OF("proved of", "probadas de"),
  UNREADABLE("could not be read", "no se pudo leer"),
  LAST_DRILL("Last drill", "Último simulacro"),
  REGISTER("Register", "Registro"),
  SOUND("every chain unbroken", "todas las cadenas íntegras"),
  BROKEN("not sound", "dañado"),
  ENTRIES("entries", "entradas"),
  LAST_FAILURE("Last failure", "Último fallo"),
  RUNS("Runs", "Ejecuciones"),
  NO_SCHEDULE("The policy has no schedule.", "La política no tiene horario."),
  NEXT_RUN("Next run", "Próxima ejecución"),
  DAYS_OF("hours and days of", "horas y días de"),
  DONE("done", "hecha"),
  LATE("late", "con retraso"),
  MISSED("missed", "omitida"),
  FAILED("failed", "fallida"),
  DUE("due", "pendiente"),
  BACKUPS("Backups", "Copias"),
  BACKUP("Backup", "Copia"),
  TAKEN("Taken", "Hecha"),
  WHY("Why", "Motivo"),
  SIZE("Size", "Tamaño"),
  PROOF("Proof", "Prueba"),
  GOOD("good", "buena"),
  NOT_GOOD("not good", "no buena"),
  HELD("held", "retenida"),
  PROVED("proved", "probada"),
  PASSED("passed", "superado"),
  REJECTED("rejected", "rechazado"),
  NOT_PASSED("failed", "fallido"),
  PRESENT("there, not proved", "está, sin probar"),
  MISSING("missing", "falta"),
  REMOVED("removed by retention", "eliminada por retención"),
  NOTHING("Nothing to show.", "Nada que mostrar."),
  DRILLS("Drills", "Simulacros"),
  HELD_AT("Held", "Realizado"),
  TOOK("Restore took", "Duración"),
  MINUTES("min", "min"),
  ROWS("Rows", "Filas"),
  RESULT("Result", "Resultado"),
  BY("By", "Por"),
  SIGN_OFF("Signed off", "Firmado"),
  REMARKS("Remarks", "Observaciones"),
  SEARCH("Search", "Buscar"),
  SEARCH_HINT(
      "Backup, event, person, storage or any detail", "Copia, evento, persona, almacén o detalle"),
  CLEAR("Show all", "Mostrar todo"),
  AT("At", "Fecha"),
  EVENT("Event", "Evento"),
  WHAT("What", "Sobre"),
  DETAILS("Details", "Detalles"),
  PAGE("Page", "Página"),
  OF("of", "de"),
  NEWER("Newer", "Más recientes"),
  OLDER("Older", "Más antiguas"),
  CONTENTS("On this page", "En esta página"),
  UNKNOWN("unknown", "desconocida");

  private final String english;
  private final String spanish;

  Word(String english, String spanish) {
    this.english = english;
    this.spanish = spanish;
  }

  String in(Language language) {
    return language == Language.ES ? spanish : english;
  }
}
