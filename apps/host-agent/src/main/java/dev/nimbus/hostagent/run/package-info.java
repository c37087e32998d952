/** Jobs from lease to exit: many at once, each on its own, up to what the host can take. */
@NullMarked
package dev.nimbus.hostagent.run;

import org.jspecify.annotations.NullMarked;
