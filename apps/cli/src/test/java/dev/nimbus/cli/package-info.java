@NullMarked
package dev.nimbus.cli;

import org.jspecify.annotations.NullMarked;
