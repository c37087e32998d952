/** What the build runs once, so that the JVM can record what commands need. */
@NullMarked
package dev.nimbus.cli.practice;

import org.jspecify.annotations.NullMarked;
