/** The machines we had made, as we know them; providers say what of them exists. */
@NullMarked
package dev.nimbus.core.machine;

import org.jspecify.annotations.NullMarked;
