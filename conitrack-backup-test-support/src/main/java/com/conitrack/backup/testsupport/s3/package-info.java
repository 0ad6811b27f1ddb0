/**
 * Servers of the S3 protocol for tests, private to the process that starts them.
 *
 * <p>{@link com.conitrack.backup.testsupport.s3.S3Server} is all there is to use.
 */
@NullMarked
package com.conitrack.backup.testsupport.s3;

import org.jspecify.annotations.NullMarked;
