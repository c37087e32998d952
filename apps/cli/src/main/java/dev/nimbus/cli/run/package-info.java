/** {@code nimbus run}: one job from submission to its exit code. */
@NullMarked
package dev.nimbus.cli.run;

import org.jspecify.annotations.NullMarked;
