/**
 * Keeping the policy's schedule inside an application, one replica of many at a time. What was due
 * and what became of it is decided by {@link com.conitrack.backup.core.schedule.RunCalendar}.
 */
@NullMarked
package com.conitrack.backup.core.schedule;

import org.jspecify.annotations.NullMarked;
