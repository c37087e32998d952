/** Programs of the operating system, run with a limit on time and output. */
@NullMarked
package dev.nimbus.service.command;

import org.jspecify.annotations.NullMarked;
