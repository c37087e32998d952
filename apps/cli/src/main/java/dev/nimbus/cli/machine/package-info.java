/** Providers of machines, pools and machines, to be looked at. */
@NullMarked
package dev.nimbus.cli.machine;

import org.jspecify.annotations.NullMarked;
