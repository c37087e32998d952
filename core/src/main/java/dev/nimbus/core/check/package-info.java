/** What a harmless look at something others run has found. */
@NullMarked
package dev.nimbus.core.check;

import org.jspecify.annotations.NullMarked;
