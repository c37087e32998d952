@NullMarked
package dev.nimbus.cli.launcher;

import org.jspecify.annotations.NullMarked;
