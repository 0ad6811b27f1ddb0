package com.conitrack.backup.core.policy;

import java.util.List;

/**
 * Figures and names of Conitrack's procedure SOP-001 "Procedimiento de Backup y Recuperacion",
 * version 1.1.
 */
public final class Sop001 {
  private Sop001() {}

  /**
   * The tables of section 2, as it spells them. The procedure itself calls some of them otherwise
   * elsewhere ({@code lote} in section 9.2), so {@link BackupPolicy#sop001()} requires none of
   * them: turn them on with {@link BackupPolicyBuilder#requireTables} once they are known to be
   * right.
   */
  public static List<String> tables() {
    return List.of(
        "lotes",
        "movimientos",
        "analisis",
        "trazas",
        "bultos",
        "detalle_movimientos",
        "auditoria_accesos",
        "productos",
        "proveedores",
        "users",
        "roles",
        "configuracion",
        "alertas",
        "password_history",
        "revinfo",
        "lotes_aud",
        "movimientos_aud",
        "bultos_aud",
        "analisis_aud",
        "trazas_aud",
        "productos_aud",
        "proveedores_aud",
        "users_aud",
        "roles_aud",
        "configuracion_aud",
        "alertas_aud");
  }
}
