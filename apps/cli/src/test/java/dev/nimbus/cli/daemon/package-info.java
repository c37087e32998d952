@NullMarked
package dev.nimbus.cli.daemon;

import org.jspecify.annotations.NullMarked;
