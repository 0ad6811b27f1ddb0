package com.conitrack.backup.spring.flyway;

import com.conitrack.backup.flyway.MigrationGate;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * Puts the gate before the migrations of Spring Boot 4. A strategy of the application's own stays
 * in force, behind the gate.
 */
@AutoConfiguration(
    after = MigrationGateAutoConfiguration.class,
    beforeName = "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
@ConditionalOnClass(
    name = {
      "org.flywaydb.core.Flyway",
      "org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy"
    })
@ConditionalOnBean(MigrationGate.class)
public final class Boot4FlywayAutoConfiguration {
  Boot4FlywayAutoConfiguration() {}

  /** Gives way to one of another auto-configuration, too, such as Spring Modulith's. */
  @Bean
  @Fallback
  @ConditionalOnMissingBean
  static FlywayMigrationStrategy boot4MigrationStrategy(MigrationGate gate) {
    return new Gated(gate);
  }

  @Bean
  static BeanPostProcessor boot4MigrationStrategyWrapper(ObjectProvider<MigrationGate> gate) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof FlywayMigrationStrategy own && !(bean instanceof Gated)
            ? (FlywayMigrationStrategy) flyway -> gate.getObject().migrate(flyway, own::migrate)
            : bean;
      }
    };
  }

  private record Gated(MigrationGate gate) implements FlywayMigrationStrategy {
    @Override
    public void migrate(Flyway flyway) {
      gate.migrate(flyway);
    }
  }
}
