/**
 * A network that fails on request, between a client and a server of a test.
 *
 * <p>{@link com.conitrack.backup.testsupport.net.FaultProxy} is where to start.
 */
@NullMarked
package com.conitrack.backup.testsupport.net;

import org.jspecify.annotations.NullMarked;
