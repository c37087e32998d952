/**
 * A small JSON reader and writer that needs no start-up time, for the commands whose start counts.
 */
@NullMarked
package dev.nimbus.cli.json;

import org.jspecify.annotations.NullMarked;
