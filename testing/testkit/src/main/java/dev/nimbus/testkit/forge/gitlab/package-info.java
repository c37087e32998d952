/** A GitLab that lives in memory: its calls, its webhooks and what its runners are given. */
@NullMarked
package dev.nimbus.testkit.forge.gitlab;

import org.jspecify.annotations.NullMarked;
