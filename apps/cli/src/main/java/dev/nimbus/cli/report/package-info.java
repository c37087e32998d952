/** What happened, summed up: {@code nimbus report …}. */
@NullMarked
package dev.nimbus.cli.report;

import org.jspecify.annotations.NullMarked;
