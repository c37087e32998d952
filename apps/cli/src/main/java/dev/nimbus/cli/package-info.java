/** The {@code nimbus} command: what people type, and the only place that sees every app. */
@NullMarked
package dev.nimbus.cli;

import org.jspecify.annotations.NullMarked;
