@NullMarked
package dev.nimbus.controlplane.webhook;

import org.jspecify.annotations.NullMarked;
