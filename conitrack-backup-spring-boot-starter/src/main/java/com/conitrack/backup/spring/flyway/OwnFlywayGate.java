package com.conitrack.backup.spring.flyway;

import com.conitrack.backup.flyway.MigrationGate;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Puts the gate before Flyways of the application's own, such as those of several data sources,
 * however they are migrated. Spring Boot's own is migrated through the gate as it is.
 */
final class OwnFlywayGate implements BeanPostProcessor {
  private final ObjectProvider<MigrationGate> gate;
  private final ConfigurableListableBeanFactory beans;

  OwnFlywayGate(ObjectProvider<MigrationGate> gate, ConfigurableListableBeanFactory beans) {
    this.gate = gate;
    this.beans = beans;
  }

  /** Before, for the bean's initialization may be what migrates. */
  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    return bean instanceof Flyway flyway && !isOfBoot(name)
        ? gate.getObject().before(flyway)
        : bean;
  }

  private boolean isOfBoot(String name) {
    return beans.containsBeanDefinition(name)
        && String.valueOf(beans.getMergedBeanDefinition(name).getFactoryBeanName())
            .startsWith("org.springframework.boot.");
  }
}
