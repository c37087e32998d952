@NullMarked
package dev.nimbus.cli.forge;

import org.jspecify.annotations.NullMarked;
