/** Tokens, keys and sign-in. */
@NullMarked
package dev.nimbus.controlplane.identity;

import org.jspecify.annotations.NullMarked;
