/** The embedded log store: compressed chunks of lines in one SQLite file. */
@NullMarked
package dev.nimbus.adapters.logs;

import org.jspecify.annotations.NullMarked;
