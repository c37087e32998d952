/** Connections to forges from the command line: looked at, checked, and applied from a file. */
@NullMarked
package dev.nimbus.cli.forge;

import org.jspecify.annotations.NullMarked;
