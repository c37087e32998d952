/** What a forge is to Nimbus: it announces jobs and accepts runners. */
@NullMarked
package dev.nimbus.core.forge;

import org.jspecify.annotations.NullMarked;
