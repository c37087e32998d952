@NullMarked
package dev.nimbus.cli.command;

import org.jspecify.annotations.NullMarked;
