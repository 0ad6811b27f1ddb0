/**
 * The backups seen in production: health, metrics, an endpoint, events, observations, log lines.
 */
@NullMarked
package com.conitrack.backup.spring.observe;

import org.jspecify.annotations.NullMarked;
