/** Keeping a lease: when to renew, when to stop a job, when to let go. Pure decisions only. */
@NullMarked
package dev.nimbus.hostagent.lease;

import org.jspecify.annotations.NullMarked;
