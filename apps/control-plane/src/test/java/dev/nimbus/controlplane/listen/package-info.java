@NullMarked
package dev.nimbus.controlplane.listen;

import org.jspecify.annotations.NullMarked;
