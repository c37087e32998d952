/** The accounts on forges that tenants connected, with their secrets sealed. */
@NullMarked
package dev.nimbus.controlplane.forge;

import org.jspecify.annotations.NullMarked;
