/** The names of things: one small validated record for each kind of identity. */
@NullMarked
package dev.nimbus.core.id;

import org.jspecify.annotations.NullMarked;
