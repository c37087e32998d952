/** Routes: requests in, answers out, no decisions. */
@NullMarked
package dev.nimbus.controlplane.http;

import org.jspecify.annotations.NullMarked;
