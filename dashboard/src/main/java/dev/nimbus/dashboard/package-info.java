/** The files of the web interface, for whoever serves them. */
@NullMarked
package dev.nimbus.dashboard;

import org.jspecify.annotations.NullMarked;
