/** The cache proxy: bytes that outlive a job, each tenant's its own, behind the tokens of jobs. */
@NullMarked
package dev.nimbus.cacheproxy;

import org.jspecify.annotations.NullMarked;
