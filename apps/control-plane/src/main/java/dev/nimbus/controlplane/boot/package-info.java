/** How machines begin: what they run first, and what they are given for their ticket. */
@NullMarked
package dev.nimbus.controlplane.boot;

import org.jspecify.annotations.NullMarked;
