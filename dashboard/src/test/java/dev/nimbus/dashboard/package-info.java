/** Tests of the dashboard's files. */
@NullMarked
package dev.nimbus.dashboard;

import org.jspecify.annotations.NullMarked;
