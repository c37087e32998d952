@NullMarked
package dev.nimbus.cli.reference;

import org.jspecify.annotations.NullMarked;
