@NullMarked
package dev.nimbus.cli.connect;

import org.jspecify.annotations.NullMarked;
