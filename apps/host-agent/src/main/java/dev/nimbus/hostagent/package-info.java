/** The host agent: leases in, jobs run. */
@NullMarked
package dev.nimbus.hostagent;

import org.jspecify.annotations.NullMarked;
