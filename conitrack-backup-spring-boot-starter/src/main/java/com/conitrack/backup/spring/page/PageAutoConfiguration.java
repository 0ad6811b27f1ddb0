package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.spring.observe.StatusAutoConfiguration;
import com.conitrack.backup.spring.observe.StatusCache;
import com.conitrack.backup.spring.properties.ConitrackBackupProperties;
import com.conitrack.backup.spring.properties.PageProperties;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** The page, where it is asked for and Spring MVC serves it. */
@AutoConfiguration(after = StatusAutoConfiguration.class)
@ConditionalOnBean(StatusCache.class)
@ConditionalOnProperty(prefix = "conitrack.backup.page", name = "enabled", havingValue = "true")
public final class PageAutoConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(PageAutoConfiguration.class);

  PageAutoConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.SERVLET)
  @ConditionalOnClass(SimpleUrlHandlerMapping.class)
  static class Served {
    @Bean
    @ConditionalOnMissingBean(name = "conitrackBackupPageMapping")
    static SimpleUrlHandlerMapping conitrackBackupPageMapping(
        ConitrackBackup backups, StatusCache cache, ConitrackBackupProperties properties) {
      PageProperties settings = properties.page();
      PageHandler handler =
          new PageHandler(backups, cache, new PageAccess(settings.anyone()), settings.path());
      return new SimpleUrlHandlerMapping(Map.of(settings.path(), handler), -1);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.REACTIVE)
  static class NotServed {
    NotServed() {
      LOG.warn(
          "conitrack.backup.page.enabled is set, but WebFlux does not serve the page; the endpoint"
              + " and the health tell the same");
    }
  }
}
