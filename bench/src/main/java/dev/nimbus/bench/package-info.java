/** Every figure of SPECIFICATION.md, measured by one command. */
@NullMarked
package dev.nimbus.bench;

import org.jspecify.annotations.NullMarked;
