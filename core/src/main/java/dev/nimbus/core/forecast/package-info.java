/** Forecasts: how many machines are worth keeping for jobs that have not come yet. */
@NullMarked
package dev.nimbus.core.forecast;

import org.jspecify.annotations.NullMarked;
