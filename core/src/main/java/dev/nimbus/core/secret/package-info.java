/** Secrets that are kept: sealed at rest, opened only where they are used. */
@NullMarked
package dev.nimbus.core.secret;

import org.jspecify.annotations.NullMarked;
