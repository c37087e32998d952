/** The dashboard in a real browser. */
@NullMarked
package dev.nimbus.e2e.dashboard;

import org.jspecify.annotations.NullMarked;
