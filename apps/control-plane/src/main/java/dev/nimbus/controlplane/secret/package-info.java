/** Secrets of tenants, sealed in the database. */
@NullMarked
package dev.nimbus.controlplane.secret;

import org.jspecify.annotations.NullMarked;
