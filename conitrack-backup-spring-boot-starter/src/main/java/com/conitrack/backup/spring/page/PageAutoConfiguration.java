package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.spring.observe.StatusAutoConfiguration;
import com.conitrack.backup.spring.observe.StatusCache;
import com.conitrack.backup.spring.properties.ConitrackBackupProperties;
import com.conitrack.backup.spring.properties.PageProperties;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** The page, where it is asked for and Spring MVC serves it. */
@AutoConfiguration(after = StatusAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(SimpleUrlHandlerMapping.class)
@ConditionalOnBean(StatusCache.class)
@ConditionalOnProperty(prefix = "conitrack.backup.page", name = "enabled", havingValue = "true")
public final class PageAutoConfiguration {
  PageAutoConfiguration() {}

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
