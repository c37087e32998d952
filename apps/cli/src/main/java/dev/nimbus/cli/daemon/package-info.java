/** The daemon on this machine: every service in one process, started, found and stopped. */
@NullMarked
package dev.nimbus.cli.daemon;

import org.jspecify.annotations.NullMarked;
