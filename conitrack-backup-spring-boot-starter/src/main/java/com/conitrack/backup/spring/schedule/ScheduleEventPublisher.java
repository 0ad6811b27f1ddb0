package com.conitrack.backup.spring.schedule;

import com.conitrack.backup.core.schedule.ScheduleEvent;
import com.conitrack.backup.core.schedule.ScheduleListener;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes every {@link ScheduleEvent} as an application event, on the scheduler's thread:
 * {@code @EventListener void on(ScheduleEvent.Failed event)}.
 */
final class ScheduleEventPublisher implements ScheduleListener {
  private final ApplicationEventPublisher publisher;

  ScheduleEventPublisher(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void on(ScheduleEvent event) {
    publisher.publishEvent(event);
  }
}
