/** Services that are killed again and again, and the jobs that must not notice. */
@NullMarked
package dev.nimbus.e2e.crash;

import org.jspecify.annotations.NullMarked;
