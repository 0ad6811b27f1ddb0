/** Backups in a Spring Boot application: the beans, made from {@code conitrack.backup} settings. */
@NullMarked
package com.conitrack.backup.spring;

import org.jspecify.annotations.NullMarked;
