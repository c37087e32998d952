/** The only place that touches clocks, sleep and chance. */
@NullMarked
package dev.nimbus.service.time;

import org.jspecify.annotations.NullMarked;
