/** Files that declare connections, providers and pools, made so or compared. */
@NullMarked
package dev.nimbus.cli.apply;

import org.jspecify.annotations.NullMarked;
