/** Blobs as files: complete or absent, within a bound, the least recently used giving way. */
@NullMarked
package dev.nimbus.adapters.blobs;

import org.jspecify.annotations.NullMarked;
