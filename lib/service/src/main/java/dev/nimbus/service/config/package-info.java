/** Settings of a process: one file, the environment, and every mistake reported at once. */
@NullMarked
package dev.nimbus.service.config;

import org.jspecify.annotations.NullMarked;
