package com.conitrack.backup.core.policy;

/**
 * Why a setting cannot be accepted.
 *
 * @param setting the setting at fault as a path, such as {@code rpo} or {@code retention.MANUAL}
 * @param message what is wrong
 * @param remedy what to change
 */
public record PolicyProblem(String setting, String message, String remedy) {
  /** The setting as configuration files spell it: {@code content.minimum-tables}. */
  public String key() {
    return SettingKeys.of(setting);
  }

  @Override
  public String toString() {
    return setting + ": " + message + "; " + remedy;
  }
}
