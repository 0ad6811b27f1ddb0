package com.conitrack.backup.spring;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Turns backups off in contexts that Spring's tests make, unless {@code conitrack.backup.enabled}
 * is set: an application's tests run on other databases (H2, a container), often with other
 * settings, and their data belongs in no storage. Spring finds it by {@code spring.factories}, in
 * tests alone.
 */
final class NoBackupsInTests implements ContextCustomizerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(NoBackupsInTests.class);
  private static final String ENABLED = "conitrack.backup.enabled";

  @Override
  public ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    return new Customizer();
  }

  /** All are equal, so that tests go on sharing their contexts. */
  private record Customizer() implements ContextCustomizer {
    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      ConfigurableEnvironment environment = context.getEnvironment();
      if (environment.getProperty(ENABLED) == null) {
        LOG.info("backups are off in this test: {} is not set", ENABLED);
        environment
            .getPropertySources()
            .addLast(new MapPropertySource("no backups in tests", Map.of(ENABLED, "false")));
      }
    }
  }
}
