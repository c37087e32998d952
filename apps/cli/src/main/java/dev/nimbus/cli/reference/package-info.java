/** What shells and documents are told of the commands. */
@NullMarked
package dev.nimbus.cli.reference;

import org.jspecify.annotations.NullMarked;
