@NullMarked
package dev.nimbus.controlplane.forge;

import org.jspecify.annotations.NullMarked;
