package com.conitrack.backup.spring.properties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What is asked of the backups.
 *
 * @param preset What the other keys start from: default or sop-001.
 * @param schedule When backups are due: the keys below, a cron expression alone (UTC), or none.
 * @param rpo Recovery point objective: how old the newest good backup may become.
 * @param rto Recovery time objective: how long a restore may take.
 * @param retention How long backups are kept, by trigger.
 * @param content What a dump must hold.
 * @param verification What is proved of every copy right after the backup: stored or content.
 * @param copiesRequired How many proved copies make a backup good.
 * @param copiesRequiredIn Names of storages that must each hold a proved copy.
 * @param naming Names of backups: a pattern, or patterns by trigger.
 * @param drillInterval How often a backup is to be restored for proof, or none.
 * @param drills What is asked of a restore for proof.
 * @param dumpTimeout How long a dump may take.
 * @param immutability For how long storages shall refuse to delete what they hold, or none.
 * @param restore What must be in place before real data is replaced.
 */
public record PolicyProperties(
    @Nullable String preset,
    @Nullable ScheduleProperties schedule,
    @Nullable TimeSpan rpo,
    @Nullable TimeSpan rto,
    @NestedConfigurationProperty @Nullable RetentionProperties retention,
    @NestedConfigurationProperty @Nullable ContentProperties content,
    @Nullable String verification,
    @Nullable Integer copiesRequired,
    @Nullable List<String> copiesRequiredIn,
    @NestedConfigurationProperty @Nullable NamingProperties naming,
    @Nullable String drillInterval,
    @NestedConfigurationProperty @Nullable DrillsProperties drills,
    @Nullable TimeSpan dumpTimeout,
    @Nullable ImmutabilityProperties immutability,
    @NestedConfigurationProperty @Nullable RestoreProperties restore) {

  /**
   * When backups are due.
   *
   * @param cron Five fields: minute, hour, day of month, month, day of week.
   * @param zone The time zone they are read in.
   * @param catchUp What becomes of a run that was missed: now or wait.
   * @param grace How long after its instant a run may begin and still be in time.
   * @param tasks What follows a scheduled backup: replicate, prune, drill.
   */
  public record ScheduleProperties(
      @Nullable String cron,
      @DefaultValue("UTC") String zone,
      @Nullable String catchUp,
      @Nullable TimeSpan grace,
      @Nullable List<String> tasks) {
    /** An expression alone, or {@code none}. */
    public static ScheduleProperties of(String cron) {
      return new ScheduleProperties(cron, "UTC", null, null, null);
    }
  }

  /**
   * For how long storages shall refuse to delete what they hold.
   *
   * @param period How long, from the beginning of a backup.
   * @param storages Names of the storages it is asked of, or all.
   * @param require Whether they must have proved it.
   * @param proof How old that proof may become.
   */
  public record ImmutabilityProperties(
      @Name("for") @Nullable TimeSpan period,
      @DefaultValue("all") List<String> storages,
      @DefaultValue("true") boolean require,
      @Nullable TimeSpan proof) {
    /** The word {@code none}. */
    public static ImmutabilityProperties of(String word) {
      if (!word.equals("none")) {
        throw new IllegalArgumentException("write none, or the keys for, storages, require, proof");
      }
      return new ImmutabilityProperties(TimeSpan.ZERO, List.of("all"), false, null);
    }
  }
}
