/** The documents say what the code does. */
@NullMarked
package dev.nimbus.e2e.docs;

import org.jspecify.annotations.NullMarked;
