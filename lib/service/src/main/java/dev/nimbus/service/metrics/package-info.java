/** Counters, gauges and histograms of a process in the Prometheus text format. */
@NullMarked
package dev.nimbus.service.metrics;

import org.jspecify.annotations.NullMarked;
