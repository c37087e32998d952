/** What the services do over HTTP, held against what their documents say. */
@NullMarked
package dev.nimbus.e2e.api;

import org.jspecify.annotations.NullMarked;
