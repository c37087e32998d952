/** Machines that are processes of a host which exists already, kept there by a shell script. */
@NullMarked
package dev.nimbus.adapters.providers.machine;

import org.jspecify.annotations.NullMarked;
