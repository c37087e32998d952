/** What machines cost that nobody has put a price on. */
@NullMarked
package dev.nimbus.core.price;

import org.jspecify.annotations.NullMarked;
