/**
 * What a command line may say, as values: read quickly when it is right, and by picocli when it
 * needs help.
 */
@NullMarked
package dev.nimbus.cli.command;

import org.jspecify.annotations.NullMarked;
