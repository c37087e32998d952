/** An Azure in memory. */
@NullMarked
package dev.nimbus.testkit.provider.azure;

import org.jspecify.annotations.NullMarked;
