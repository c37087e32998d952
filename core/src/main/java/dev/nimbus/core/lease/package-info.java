/** Who may run which job: grants under strictly increasing fences. */
@NullMarked
package dev.nimbus.core.lease;

import org.jspecify.annotations.NullMarked;
