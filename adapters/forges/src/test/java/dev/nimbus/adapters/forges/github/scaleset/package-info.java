/** Tests of how scale sets are spoken with. */
@NullMarked
package dev.nimbus.adapters.forges.github.scaleset;

import org.jspecify.annotations.NullMarked;
