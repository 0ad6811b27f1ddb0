/**
 * A server for tests that speaks the part of Google Cloud Storage's JSON API which a storage needs,
 * written from Google's reference and refusing what Google refuses, since no emulator of it can be
 * had as a library.
 */
@NullMarked
package com.conitrack.backup.testsupport.gcs;

import org.jspecify.annotations.NullMarked;
