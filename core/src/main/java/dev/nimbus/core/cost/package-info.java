/** What machines cost, and what that was spent on. */
@NullMarked
package dev.nimbus.core.cost;

import org.jspecify.annotations.NullMarked;
