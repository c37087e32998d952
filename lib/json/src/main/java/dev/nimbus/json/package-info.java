/** JSON as Nimbus writes and reads it: snake case, RFC 3339 times, records in and out. */
@NullMarked
package dev.nimbus.json;

import org.jspecify.annotations.NullMarked;
