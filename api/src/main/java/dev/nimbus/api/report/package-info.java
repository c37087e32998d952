/** What is told about what happened. */
@NullMarked
package dev.nimbus.api.report;

import org.jspecify.annotations.NullMarked;
