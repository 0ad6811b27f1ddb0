/**
 * A page for people who would rather look. {@link com.conitrack.backup.spring.page.StatusPage}
 * makes it out of values and knows no Spring; the rest serves it.
 */
@NullMarked
package com.conitrack.backup.spring.page;

import org.jspecify.annotations.NullMarked;
