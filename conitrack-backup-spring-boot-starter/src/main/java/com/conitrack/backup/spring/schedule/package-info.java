/** The policy's schedule kept inside the application, and ShedLock as the lock of its replicas. */
@NullMarked
package com.conitrack.backup.spring.schedule;

import org.jspecify.annotations.NullMarked;
