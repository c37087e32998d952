/** The whole system on one machine, through the command line that people use. */
@NullMarked
package dev.nimbus.e2e.system;

import org.jspecify.annotations.NullMarked;
