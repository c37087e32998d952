/** Speaking with the four forges. */
@NullMarked
package dev.nimbus.adapters.forges;

import org.jspecify.annotations.NullMarked;
