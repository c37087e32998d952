/** Tests and measurements of the embedded log store. */
@NullMarked
package dev.nimbus.adapters.logs;

import org.jspecify.annotations.NullMarked;
