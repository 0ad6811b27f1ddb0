/**
 * PostgreSQL through its own client tools and JDBC. {@link
 * com.conitrack.backup.pg.PostgresDatabase} is the way in; {@link
 * com.conitrack.backup.pg.PostgresConnection} says where and as whom.
 */
@NullMarked
package com.conitrack.backup.pg;

import org.jspecify.annotations.NullMarked;
