/** What a host agent and the control plane say to each other. */
@NullMarked
package dev.nimbus.api.lease;

import org.jspecify.annotations.NullMarked;
