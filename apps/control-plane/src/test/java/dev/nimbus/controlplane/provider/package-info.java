@NullMarked
package dev.nimbus.controlplane.provider;

import org.jspecify.annotations.NullMarked;
