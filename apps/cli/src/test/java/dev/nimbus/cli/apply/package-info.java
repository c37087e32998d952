@NullMarked
package dev.nimbus.cli.apply;

import org.jspecify.annotations.NullMarked;
