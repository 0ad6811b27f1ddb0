/**
 * The settings below {@code conitrack.backup}, under the names that the command's configuration
 * file has for them. Values only; what they mean together is found out by who uses them.
 */
@NullMarked
package com.conitrack.backup.spring.properties;

import org.jspecify.annotations.NullMarked;
