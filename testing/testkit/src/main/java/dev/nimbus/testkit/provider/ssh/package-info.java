/** A real server of SSH for providers to be tried with. */
@NullMarked
package dev.nimbus.testkit.provider.ssh;

import org.jspecify.annotations.NullMarked;
