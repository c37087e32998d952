/** What can be configured, and to what it is set. */
@NullMarked
package dev.nimbus.cli.config;

import org.jspecify.annotations.NullMarked;
