/** Finding the control plane to talk to, and what is needed to be heard there. */
@NullMarked
package dev.nimbus.cli.connect;

import org.jspecify.annotations.NullMarked;
