@NullMarked
package dev.nimbus.cli.fleet;

import org.jspecify.annotations.NullMarked;
