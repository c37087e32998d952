/** Errors as RFC 9457 has them. */
@NullMarked
package dev.nimbus.api.problem;

import org.jspecify.annotations.NullMarked;
