/** What jobs print: lines, queries and the port that keeps them. */
@NullMarked
package dev.nimbus.core.log;

import org.jspecify.annotations.NullMarked;
