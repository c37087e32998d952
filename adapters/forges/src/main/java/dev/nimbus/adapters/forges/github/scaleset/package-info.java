/**
 * GitHub's runner scale sets: a queue for each, whose messages one session hears, and runners made
 * for the set rather than for labels.
 */
@NullMarked
package dev.nimbus.adapters.forges.github.scaleset;

import org.jspecify.annotations.NullMarked;
