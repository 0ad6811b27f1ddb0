/** The gate before Flyway's migrations, for both generations of Spring Boot's Flyway support. */
@NullMarked
package com.conitrack.backup.spring.flyway;

import org.jspecify.annotations.NullMarked;
