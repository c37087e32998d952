/**
 * A GitHub that lives in memory: its calls, its webhooks, its limits, and what goes wrong there.
 */
@NullMarked
package dev.nimbus.testkit.forge.github;

import org.jspecify.annotations.NullMarked;
