/** The accounts tenants rent machines with, and what speaks for each. */
@NullMarked
package dev.nimbus.controlplane.provider;

import org.jspecify.annotations.NullMarked;
