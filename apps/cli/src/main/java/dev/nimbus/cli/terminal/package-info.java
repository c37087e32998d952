/** What people see: tables, colour, and the same as JSON or YAML. */
@NullMarked
package dev.nimbus.cli.terminal;

import org.jspecify.annotations.NullMarked;
