package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes every {@link BackupEvent} but progress as an application event, on the thread that it
 * happens on: {@code @EventListener void on(BackupEvent.Finished event)}.
 */
final class BackupEventPublisher implements BackupListener {
  private final ApplicationEventPublisher publisher;

  BackupEventPublisher(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void on(BackupEvent event) {
    if (!(event instanceof BackupEvent.Progressed)) {
      publisher.publishEvent(event);
    }
  }
}
