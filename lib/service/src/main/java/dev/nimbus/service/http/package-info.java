/**
 * The HTTP kernel: a route table, who may call what, limits, and one place that turns failures into
 * answers.
 */
@NullMarked
package dev.nimbus.service.http;

import org.jspecify.annotations.NullMarked;
