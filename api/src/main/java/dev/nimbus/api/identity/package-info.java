/** Tokens, sign-in and keys on the wire. */
@NullMarked
package dev.nimbus.api.identity;

import org.jspecify.annotations.NullMarked;
