package com.conitrack.backup.spring.schedule;

import com.conitrack.backup.spring.ConitrackBackupAutoConfiguration;
import com.conitrack.backup.spring.RunLocks;
import java.time.Clock;
import net.javacrumbs.shedlock.core.LockProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * The application's ShedLock instead of the database's own lock, where {@code
 * conitrack.backup.schedule.lock=shedlock} asks for it.
 */
@AutoConfiguration(before = ConitrackBackupAutoConfiguration.class)
@ConditionalOnClass(LockProvider.class)
@ConditionalOnSingleCandidate(LockProvider.class)
@ConditionalOnProperty(
    prefix = "conitrack.backup.schedule",
    name = "lock",
    havingValue = "shedlock")
public final class ShedLockAutoConfiguration {
  ShedLockAutoConfiguration() {}

  /** The provider is looked up when first needed: it may wait for Flyway, which waits for us. */
  @Bean
  @ConditionalOnMissingBean
  static RunLocks conitrackBackupShedLocks(ObjectProvider<LockProvider> provider) {
    return database ->
        new ShedLock(
            configuration -> provider.getObject().lock(configuration),
            () -> ShedLock.nameFor(database.inspector().inspect().name()),
            ShedLock.Timing.USUAL,
            Clock.systemUTC());
  }
}
