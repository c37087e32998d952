@NullMarked
package dev.nimbus.e2e.forge;

import org.jspecify.annotations.NullMarked;
