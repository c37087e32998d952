/** Places that rent machines, and what they say about the machines they have for us. */
@NullMarked
package dev.nimbus.core.provider;

import org.jspecify.annotations.NullMarked;
