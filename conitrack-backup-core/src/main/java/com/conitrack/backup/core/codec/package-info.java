/** Coding of dumps on their way into a storage and back: parallel gzip, and chains of codecs. */
@NullMarked
package com.conitrack.backup.core.codec;

import org.jspecify.annotations.NullMarked;
