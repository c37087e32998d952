/** The one exception type of Nimbus and the kinds a caller can tell apart. */
@NullMarked
package dev.nimbus.core.error;

import org.jspecify.annotations.NullMarked;
