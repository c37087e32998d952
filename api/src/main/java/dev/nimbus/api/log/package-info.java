/** Log lines on the wire. */
@NullMarked
package dev.nimbus.api.log;

import org.jspecify.annotations.NullMarked;
