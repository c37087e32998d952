@NullMarked
package dev.nimbus.controlplane.repair;

import org.jspecify.annotations.NullMarked;
