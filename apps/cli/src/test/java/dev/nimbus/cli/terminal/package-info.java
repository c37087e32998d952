@NullMarked
package dev.nimbus.cli.terminal;

import org.jspecify.annotations.NullMarked;
