/** Machines on hosts one already has, reached by SSH. */
@NullMarked
package dev.nimbus.adapters.providers.ssh;

import org.jspecify.annotations.NullMarked;
